import { RiffleError } from '@riffle/core';
import { expect, it } from 'vitest';
import type { WizardContext } from '../context.ts';
import { outputStep } from './output.ts';

/** A terminal at which somebody presses Enter at every question, and folders that are taken. */
function pressingEnter(taken: readonly string[], asked: string[]): WizardContext {
  return {
    ask: {
      text: async ({ title, default: answer }: { title: string; default: string }) => {
        asked.push(`${title}: ${answer}`);
        return answer;
      },
      one: async ({ title, default: answer }: { title: string; default: unknown }) => {
        asked.push(`${title}: ${answer}`);
        return answer;
      },
    },
    check: async () => undefined,
    pipeline: {
      checkOutputFolder: async ({ output, overwrite }: { output: string; overwrite: boolean }) => {
        if (taken.includes(output) && !overwrite)
          throw new RiffleError('OUTPUT_NOT_EMPTY', 'It is not empty.', { finished: true });
      },
    },
    shown: (path: string) => path,
    typed: (path: string) => path,
  } as unknown as WizardContext;
}

it('offers a free name once a folder that holds a result was given up, so that Enter at every question ends', async () => {
  const asked: string[] = [];
  const step = outputStep(pressingEnter(['data/combined', 'data/combined-2'], asked));
  const draft = { values: { collections: [{ name: 'a', path: 'data/a' }], output: 'data/combined' } };
  expect(await step.ask(draft as never)).toMatchObject({ values: { output: 'data/combined-3' } });
  expect(asked).toEqual(['Output folder: data/combined', 'It is not empty: false', 'Output folder: data/combined-3']);
});
