import { formatByteSize, counted } from '@riffle/core';
import { numberOrText } from '../../recipe/apply-flags.ts';
import { back, type Back } from '../back.ts';
import type { WizardContext } from '../context.ts';
import { textOf, withValue, type Draft } from '../draft.ts';
import type { Step } from '../flow.ts';
import { nearestMultiples, suggestShards, targetShardBytes } from '../suggest-shards.ts';

/** Asks how many processes will read the shards side by side: it tells which numbers of shards are good. */
export function processesStep({ ask }: WizardContext): Step {
  return {
    name: 'processes',
    async ask(draft) {
      const answer = await ask.text({
        title: 'Training processes that will read it',
        help: 'Shards should divide by them. Empty: not known.',
        default: draft.processes === undefined ? undefined : String(draft.processes),
        check: (text) =>
          text === '' || /^[1-9]\d{0,5}$/.test(text) ? undefined : 'Must be a whole number of at least 1, or empty.',
      });
      if (answer === back) return back;
      return { ...draft, processes: answer === '' ? undefined : Number(answer) };
    },
  };
}

/** Asks for the number of shards, and again if it does not divide by the processes. */
export function shardsStep(
  { ask, check, page, colours }: WizardContext,
  inputBytes: (draft: Draft) => number | undefined,
): Step {
  async function confirm(draft: Draft, shards: number): Promise<number | Back> {
    const { processes } = draft;
    if (processes === undefined || shards % processes === 0) return shards;
    const mark = page.mark();
    const chosen = await ask.one<number>({
      title: `${counted(shards, 'shard')} for ${processes} processes`,
      help: 'It does not divide: some would read more than others.',
      choices: [
        ...nearestMultiples(shards, processes).map((count) => ({ value: count, name: `take ${count}` })),
        { value: shards, name: `keep ${shards}` },
      ],
    });
    page.takeBack(mark);
    return chosen;
  }

  return {
    name: 'shards',
    async ask(draft): Promise<Draft | Back> {
      const bytes = inputBytes(draft);
      const mark = page.mark();
      const answer = await ask.text({
        title: 'Number of shards',
        help:
          bytes === undefined
            ? `About ${formatByteSize(targetShardBytes)} each is a good size.`
            : `${formatByteSize(bytes)} of input; ${formatByteSize(targetShardBytes)} a shard is a good size.`,
        default: textOf(draft, 'shards') ?? String(suggestShards(bytes, draft.processes)),
        check: (text) => check({ ...draft.values, shards: numberOrText(text) }, 'shards'),
      });
      if (answer === back) return back;
      const answered = withValue(draft, 'shards', Number(answer));
      const shards = await confirm(answered, Number(answer));
      if (shards === back) {
        page.takeBack(mark);
        return this.ask(answered);
      }
      if (shards !== Number(answer)) {
        page.takeBack(mark);
        page.say(`${colours.good('✔')} Number of shards  ${shards}`);
      }
      return withValue(answered, 'shards', shards);
    },
  };
}
