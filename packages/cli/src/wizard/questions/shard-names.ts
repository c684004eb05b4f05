import { isRiffleError } from '@riffle/core';
import { namesPattern } from '../../recipe/names-pattern.ts';
import { back, type Back } from '../back.ts';
import type { WizardContext } from '../context.ts';
import { pluginOf, withPlugin, type Draft } from '../draft.ts';
import type { Step } from '../flow.ts';

const plain = '{shard}';
const hub = 'data/train-{shard}-of-{shards}';
const own = 'own';

/** The pattern of a draft; undefined if somebody else's layout names the shards. */
function patternOf(draft: Draft): string | undefined {
  const layout = pluginOf(draft, 'layout');
  return layout === undefined ? plain : namesPattern(layout);
}

/** What is wrong with a pattern, in the words of the layout. */
async function problemOf(pattern: string): Promise<string | undefined> {
  const { createPatternLayout } = await import('@riffle/layout-pattern');
  try {
    createPatternLayout({ pattern });
    return undefined;
  } catch (error) {
    if (!isRiffleError(error)) throw error;
    return error.message;
  }
}

const withPattern = (draft: Draft, pattern: string) =>
  withPlugin(draft, 'layout', pattern === plain ? undefined : { specifier: 'pattern', options: { pattern } });

/** Asks where in the output folder the shards are to lie. */
export function shardNamesStep({ ask, page }: WizardContext, applies: NonNullable<Step['applies']>): Step {
  async function typed(draft: Draft): Promise<string | Back> {
    const now = patternOf(draft);
    return ask.text({
      title: 'Pattern of the names',
      help: 'Without the ending; {shard} is the number, other names are columns: language={language}/{shard}.',
      default: now === undefined || now === plain ? 'train/{shard}' : now,
      check: problemOf,
    });
  }
  return {
    name: 'shardNames',
    applies: async (draft) => (await applies(draft)) && patternOf(draft) !== undefined,
    async ask(draft): Promise<Draft | Back> {
      const now = patternOf(draft)!;
      const mark = page.mark();
      const answer = await ask.one({
        title: 'Names of the shards',
        choices: [
          { value: plain, name: '00000', about: 'numbers, in the output folder itself' },
          { value: hub, name: 'data/train-00000-of-…', about: 'what the Hugging Face Hub takes for the split train' },
          { value: own, name: 'another pattern …', about: 'folders, splits, or folders by the values of a column' },
        ],
        default: now === plain || now === hub ? now : own,
      });
      if (answer === back) return back;
      if (answer !== own) return withPattern(draft, answer);
      const pattern = await typed(draft);
      if (pattern !== back) return withPattern(draft, pattern);
      page.takeBack(mark);
      return this.ask(draft);
    },
  };
}
