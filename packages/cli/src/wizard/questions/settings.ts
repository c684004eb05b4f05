import { formatByteSize } from '@riffle/core';
import { badShardPolicies, verifyDepths } from '@riffle/core/recipe';
import { writerProfiles } from '@riffle/core';
import { writerNames } from '../../plugins.ts';
import { numberOrText } from '../../recipe/apply-flags.ts';
import { back } from '../back.ts';
import { expandHome } from '../collections/complete-path.ts';
import type { WizardContext } from '../context.ts';
import { textOf, withValue, type Draft } from '../draft.ts';
import type { Step } from '../flow.ts';
import { shardNamesStep } from './shard-names.ts';
import { compressionStep, writerOf, writerStep } from './writer.ts';

interface TextSetting {
  readonly key: string;
  readonly title: string;
  readonly help: string;
  /** What is meant where the recipe says nothing; given as the answer it takes the key out. */
  readonly absent: string;
  /** From what is typed to what stands in the recipe, and the reverse. */
  readonly read?: (text: string) => unknown;
  readonly write?: (text: string) => string;
}

/** A question for a value that is typed. */
function textStep({ ask, check }: WizardContext, setting: TextSetting, applies?: Step['applies']): Step {
  const { key, title, help, absent, read = (text) => text, write = (text) => text } = setting;
  return {
    name: key,
    ...(applies === undefined ? {} : { applies }),
    async ask(draft) {
      const before = textOf(draft, key);
      const answer = await ask.text({
        title,
        help,
        default: before === undefined ? absent : write(before),
        check: (text) =>
          text === absent || text === '' ? undefined : check({ ...draft.values, [key]: read(text) }, key),
      });
      if (answer === back) return back;
      return withValue(draft, key, answer === absent || answer === '' ? undefined : read(answer));
    },
  };
}

interface ChoiceSetting<Value> {
  readonly key: string;
  readonly title: string;
  /** Each value with what it does; the first is the default of the recipe. */
  readonly choices: readonly { readonly value: Value; readonly name: string; readonly about: string }[];
}

/** A question for one of some values; the default of the recipe is not written down. */
function choiceStep<Value>({ ask }: WizardContext, setting: ChoiceSetting<Value>, applies?: Step['applies']): Step {
  const { key, title, choices } = setting;
  const byDefault = choices[0]!.value;
  return {
    name: key,
    ...(applies === undefined ? {} : { applies }),
    async ask(draft) {
      const answer = await ask.one<Value>({
        title,
        choices,
        default: (draft.values[key] as Value | undefined) ?? byDefault,
      });
      if (answer === back) return back;
      const unsaid = answer === byDefault && !Object.hasOwn(draft.values, key);
      return unsaid ? draft : withValue(draft, key, answer);
    },
  };
}

/** Choices in the order of a list of the recipe's schema, with words for each. */
const worded = <Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>) =>
  values.map((value) => ({ value, name: value, about: words[value] }));

const asksMore = ({ more }: Draft) => more === true;

/** The questions that everybody is asked after the shards. */
export function usualSteps(context: WizardContext): Step[] {
  const { freeMemory } = context.jobOptions;
  return [
    textStep(context, {
      key: 'seed',
      title: 'Seed',
      help: 'Any text; the same seed gives the same order.',
      absent: '42',
    }),
    textStep(context, {
      key: 'memory',
      title: 'Memory',
      help: 'At most this much for data, such as 8GB. The result does not depend on it.',
      absent: `half of what is free, now ${formatByteSize(Math.floor(freeMemory / 2))}`,
    }),
    choiceStep(context, {
      key: 'onBadShard',
      title: 'Shards that cannot be read',
      choices: worded(badShardPolicies, {
        skip: 'leave them out, and report each',
        fail: 'stop, and publish nothing',
        salvage: 'keep what can be read of them, and report the rest',
      }),
    }),
    textStep(
      context,
      {
        key: 'maxLoss',
        title: 'Most that may be lost',
        help: 'More than this share of shards or rows, and nothing is published.',
        absent: '100%',
        write: (text) => (text.includes('%') ? text : `${text}%`),
      },
      ({ values }) => values['onBadShard'] !== 'fail',
    ),
  ];
}

/** The question whether there are to be more, and those. */
export function moreSteps(context: WizardContext): Step[] {
  const { shown, typed, jobOptions } = context;
  return [
    {
      name: 'more',
      async ask(draft) {
        const more = await context.ask.one({
          title: 'More settings',
          choices: [
            { value: false, name: 'no', about: 'the others as they are' },
            {
              value: true,
              name: 'yes',
              about: 'format, compression, names, encodings, verification, temporary files, workers, card',
            },
          ],
          default: draft.more ?? false,
        });
        return more === back ? back : { ...draft, more };
      },
    },
    writerStep(context, asksMore),
    compressionStep(context, asksMore),
    shardNamesStep(context, asksMore),
    choiceStep(
      context,
      {
        key: 'profile',
        title: 'Encodings chosen for',
        choices: worded(writerProfiles, {
          balanced: 'no larger than the inputs, in little time',
          smallest: 'size alone',
          fastest: 'time alone',
        }),
      },
      // Other formats have none to choose.
      (draft) => asksMore(draft) && writerOf(draft) === writerNames[0],
    ),
    choiceStep(
      context,
      {
        key: 'verify',
        title: 'Verification',
        choices: worded(verifyDepths, {
          full: 'every row is read back and compared',
          counts: 'only footers and sizes are compared',
        }),
      },
      asksMore,
    ),
    textStep(
      context,
      {
        key: 'tempDir',
        title: 'Folder for temporary files',
        help: 'Used only if the data is larger than the memory.',
        absent: 'in the output',
        read: (text) => typed(expandHome(text)),
        write: shown,
      },
      asksMore,
    ),
    textStep(
      context,
      {
        key: 'workers',
        title: 'Worker threads',
        help: 'The result does not depend on them.',
        absent: `all ${jobOptions.availableCpus}`,
        read: numberOrText,
      },
      asksMore,
    ),
    choiceStep(
      context,
      {
        key: 'card',
        title: 'Dataset card',
        choices: [
          { value: false, name: 'no', about: 'only the shards' },
          {
            value: true,
            name: 'yes',
            about: 'a README.md for the Hugging Face Hub; one that you edited is left alone',
          },
        ],
      },
      asksMore,
    ),
  ];
}
