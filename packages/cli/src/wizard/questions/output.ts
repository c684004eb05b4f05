import { isRiffleError, type RiffleError } from '@riffle/core';
import { back, type Back } from '../back.ts';
import { expandHome } from '../collections/complete-path.ts';
import type { WizardContext } from '../context.ts';
import { collectionsOf, textOf, withValue, type Draft } from '../draft.ts';
import type { Step } from '../flow.ts';

/** Where the result of collections in `data/…` would be looked for. */
function suggestOutput(draft: Draft): string {
  const [first] = collectionsOf(draft).map(({ path }) => path.split('/')[0]!);
  const together = collectionsOf(draft).every(({ path }) => path.includes('/') && path.split('/')[0] === first);
  return together && first !== undefined && !/^[.~]*$/.test(first) ? `${first}/combined` : 'combined';
}

/** The message of an error in one line, without what stands below its first detail. */
function firstLines(error: RiffleError | undefined): string | undefined {
  return error?.message.split('\n', 2).join(' ').replace(/\s+/g, ' ');
}

/** By the details of `OUTPUT_NOT_EMPTY`. */
function whatIsThere({ details }: RiffleError): string {
  if (details['finished'] === true) return 'It holds a finished result.';
  if (details['interrupted'] === true)
    return 'It holds the work of an interrupted run; riffle run with --resume would go on with it.';
  return 'It holds something else.';
}

/** Asks for the output folder, and what is to become of what is in it. */
export function outputStep({ ask, check, pipeline, storage, jobOptions, shown, typed }: WizardContext): Step {
  /** What keeps a job from publishing there, if anything does. */
  async function obstacle(draft: Draft, output: string, overwrite: boolean): Promise<RiffleError | undefined> {
    const recipe = { collections: [...collectionsOf(draft)], output, tempDir: undefined, overwrite };
    try {
      await pipeline.checkOutputFolder(recipe, storage, jobOptions);
      return undefined;
    } catch (error) {
      if (!isRiffleError(error)) throw error;
      return error;
    }
  }

  /** `combined-2` where `combined` is taken, and so on. */
  async function freeName(draft: Draft, output: string): Promise<string> {
    const base = output.replace(/(?:-\d+)?[/\\]*$/, '');
    for (let number = 2; number < 100; number++) {
      const name = `${base}-${number}`;
      if ((await obstacle(draft, name, false)) === undefined) return name;
    }
    return output;
  }

  return {
    name: 'output',
    async ask(draft): Promise<Draft | Back> {
      const before = textOf(draft, 'output');
      const typedOutput = await ask.text({
        title: 'Output folder',
        help: 'For the shards; new or empty.',
        default: before === undefined ? shown(suggestOutput(draft)) : shown(before),
        check: async (text) => {
          const output = typed(expandHome(text));
          return (
            (await check({ ...draft.values, output }, 'output')) ?? firstLines(await obstacle(draft, output, true))
          );
        },
      });
      if (typedOutput === back) return back;
      const output = typed(expandHome(typedOutput));
      const answered = withValue(draft, 'output', output);
      const inTheWay = await obstacle(draft, output, false);
      if (inTheWay === undefined) return output === before ? answered : withValue(answered, 'overwrite', undefined);
      const replace = await ask.one({
        title: 'It is not empty',
        help: whatIsThere(inTheWay),
        choices: [
          { value: false, name: 'choose another folder', short: 'another folder' },
          { value: true, name: 'replace what is there', about: 'once the new result is verified (overwrite: true)' },
        ],
        default: draft.values['overwrite'] === true,
      });
      // What was just given up is not offered again.
      if (replace === back) return this.ask(answered);
      if (!replace) return this.ask(withValue(draft, 'output', await freeName(draft, output)));
      return withValue(answered, 'overwrite', true);
    },
  };
}
