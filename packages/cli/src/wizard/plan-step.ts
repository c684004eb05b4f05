import { isRiffleError, type ColumnRules, type Plan, type RiffleEvent } from '@riffle/core';
import { parse } from 'yaml';
import { locatePlugins } from '../recipe/locate-plugins.ts';
import { commandWords } from '../recipe/command-words.ts';
import { requireRecipe, resolveRecipe } from '../recipe/resolve-recipe.ts';
import { createEventLines } from '../render/event-lines.ts';
import { errorText } from '../render/error-text.ts';
import { planTable } from '../render/plan-table.ts';
import { printable, printableLine } from '../render/wording.ts';
import { back, type Back } from './back.ts';
import type { WizardContext } from './context.ts';
import { withValue, type Draft } from './draft.ts';
import type { GoTo, LastStep } from './flow.ts';
import { shellLines } from './shell-quote.ts';
import { treatyLines } from './treaty-lines.ts';

/** What is to become of the recipe. */
export interface Decision {
  readonly draft: Draft;
  readonly next: 'run' | 'save';
  /** Where the recipe goes. */
  readonly location: string;
}

/** The step that decides what an error is about. */
const stepOf: Readonly<Record<string, string>> = {
  MEMORY_TOO_SMALL: 'memory',
  SHARDS_EXCEED_ROWS: 'shards',
  OUTPUT_NOT_EMPTY: 'output',
  OUTPUT_LOCKED: 'output',
  OUTPUT_NOT_WRITABLE: 'output',
  OVERLAPPING_FOLDERS: 'output',
  NO_ROWS: 'collections',
  LOSS_TOO_HIGH: 'maxLoss',
  BAD_SHARD: 'onBadShard',
  PARTITION_INVALID: 'shardNames',
};

/** One conflict of `SCHEMA_CONFLICT`, as its details tell it. */
interface Conflict {
  readonly column: string;
  readonly files: readonly string[];
  readonly types: readonly string[];
  readonly lines: readonly { readonly line: string; readonly effect: string }[];
}

/**
 * Shows the plan of a draft with the command line that says the same, and asks what is to become of it.
 *
 * @param recipeText the recipe file that a draft makes
 * @param whereTo asks where that text is to go, if it would replace something
 */
export function planStep(
  context: WizardContext,
  recipeText: (draft: Draft) => string,
  whereTo: (text: string) => Promise<string | Back>,
): LastStep<Decision> {
  const { ask, page, pipeline, jobOptions, host, shown, colours } = context;

  async function makePlan(draft: Draft, lines: string[]): Promise<Plan> {
    const resolution = resolveRecipe({
      file: { name: context.file, text: recipeText(draft) },
      flags: {},
      pathsStartAt: undefined,
    });
    const recipe = requireRecipe(resolution);
    const plugins = locatePlugins(recipe.plugins, jobOptions.baseFolder);
    const wordEvent = createEventLines();
    const onEvent = (event: RiffleEvent) => {
      if (event.type === 'collection-started') page.status(`Planning: ${printableLine(event.name)} …`);
      if (event.type === 'shard-lost' || event.type === 'warning')
        lines.push(...wordEvent(event).flatMap(({ weight, text }) => (weight === 'detail' ? [] : [text])));
      if (event.type === 'planned')
        lines.push('', ...planTable(event.plan).map(printable), '', ...treatyLines(event.plan.columns), '');
    };
    page.status('Planning, and trying the disk and the codec …');
    return pipeline.plan({ ...recipe, plugins }, { ...jobOptions, onEvent, trial: 'always' });
  }

  /** Asks for each column what it is to be; the rules that follow. */
  async function decide(rules: ColumnRules, conflicts: readonly Conflict[]): Promise<ColumnRules | Back> {
    let decided = rules;
    const marks: number[] = [];
    const chosen: ColumnRules[] = [];
    for (let index = 0; index < conflicts.length;) {
      const { column, files, types, lines } = conflicts[index]!;
      const mark = page.mark();
      const line = await ask.one<string>({
        title: `Column ${printableLine(column)}`,
        help: printableLine(`${types[0]} in ${files[0]}, ${types[1]} in ${files[1]}. Only you can know what is right.`),
        choices: lines.map(({ line: text, effect }) => ({ value: text, name: effect, about: text })),
      });
      if (line === back) {
        if (index === 0) return back;
        index--;
        page.takeBack(marks.pop()!);
        decided = chosen.pop()!;
      } else {
        marks.push(mark);
        chosen.push(decided);
        decided = mergeRules(decided, parse(`{ ${line} }`) as ColumnRules);
        index++;
      }
    }
    return decided;
  }

  async function planned(draft: Draft, lines: string[]): Promise<Plan | Back | GoTo | Draft> {
    try {
      return await makePlan(draft, lines);
    } catch (error) {
      host.signal.throwIfAborted();
      if (!isRiffleError(error) || error.code === 'INTERNAL') throw error;
      const conflicts = error.code === 'SCHEMA_CONFLICT' ? conflictsIn(error.details['conflicts']) : [];
      page.status('');
      if (conflicts.length > 0 && conflicts.every((conflict) => conflict.lines.length > 0)) {
        const rules = await decide((draft.values['columns'] ?? {}) as ColumnRules, conflicts);
        return rules === back ? back : withValue(draft, 'columns', rules);
      }
      const [first, ...rest] = errorText(error, false);
      const mark = page.mark();
      page.say('', `${colours.bad('✘')} ${first!.replace(/^riffle: /, '')}`, ...rest, '');
      const step = stepOf[error.code];
      const next = await ask.one({
        title: 'It cannot be done like this',
        choices: [
          ...(step === undefined ? [] : [{ value: step, name: `change ${stepWords[step] ?? step}` }]),
          { value: 'last', name: 'go back one question' },
          { value: 'collections', name: 'start with the collections again' },
        ],
      });
      page.takeBack(mark);
      return next === back || next === 'last' ? back : { goTo: next, draft };
    }
  }

  async function askDraft(draft: Draft): Promise<Decision | Back | GoTo> {
    let current = draft;
    for (;;) {
      const lines: string[] = [];
      const made = await planned(current, lines);
      if (made === back || 'goTo' in made) return made;
      if ('values' in made) {
        current = made;
        continue;
      }
      page.say(...lines, 'The same as a command line:');
      page.sayVerbatim(...shellLines(['riffle', ...commandWords(current.values, shown)]), '');
      return whatNow(current);
    }
  }

  async function whatNow(draft: Draft): Promise<Decision | Back> {
    for (;;) {
      const mark = page.mark();
      const next = await ask.one<Decision['next'] | Back>({
        title: 'What now?',
        choices: [
          { value: 'run', name: `save ${context.file} and run it now`, short: 'save and run' },
          { value: 'save', name: `only save ${context.file}`, short: 'only save' },
          { value: back, name: 'go back', about: 'to the question before' },
        ],
      });
      if (next === back) return back;
      const location = await whereTo(recipeText(draft));
      if (location !== back) return { draft, next, location };
      page.takeBack(mark);
    }
  }

  return { ask: askDraft };
}

const stepWords: Readonly<Record<string, string>> = {
  memory: 'the memory',
  shards: 'the number of shards',
  output: 'the output folder',
  collections: 'the collections',
  maxLoss: 'how much may be lost',
  onBadShard: 'what becomes of such shards',
  shardNames: 'the names of the shards',
};

/** By their shape: details may come from another version of the treaty. */
function conflictsIn(conflicts: unknown): readonly Conflict[] {
  return Array.isArray(conflicts) ? (conflicts as readonly Conflict[]) : [];
}

/** Rules with another line: lists grow, names are added. */
function mergeRules(rules: ColumnRules, line: ColumnRules): ColumnRules {
  return {
    ...rules,
    ...(line.drop === undefined ? {} : { drop: [...new Set([...(rules.drop ?? []), ...line.drop])] }),
    ...(line.cast === undefined ? {} : { cast: { ...rules.cast, ...line.cast } }),
    ...(line.features === undefined ? {} : { features: { ...rules.features, ...line.features } }),
    ...(line.default === undefined ? {} : { default: { ...rules.default, ...line.default } }),
    ...(line.rename === undefined ? {} : { rename: { ...rules.rename, ...line.rename } }),
  };
}
