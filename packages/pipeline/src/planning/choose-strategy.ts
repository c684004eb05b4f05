import {
  counted,
  duration,
  formatByteSize,
  RiffleError,
  type MemoryPlan,
  type Recipe,
  type Strategy,
  type StrategyOption,
} from '@riffle/core';
import { estimateSeconds, type TimeFacts } from './cost-model.ts';
import { enoughShards, holdsShards, smallerRowGroupsHelp, type WriterMemory } from './memory-advice.ts';
import { createMemoryDivider, type MemoryDivider, type MemoryFacts, type MemoryLayout } from './memory-layout.ts';

/** What a strategy is chosen by. */
export interface ChoiceFacts extends MemoryFacts, TimeFacts {
  readonly strategy: Recipe['strategy'];
  readonly writer: WriterMemory;
}

/** One strategy with the best that can be made of it. */
interface Candidate {
  readonly layout: MemoryLayout;
  readonly seconds: number;
}

/** Of equal ones the first is taken: neither disk nor a second reading is needed where memory does. */
const strategies: readonly Strategy[] = ['memory', 'passes', 'spill'];

function tooSmall(facts: ChoiceFacts, minimum: number): RiffleError {
  const { budget, writer, rowBytes, feedBytes } = facts;
  const shards = enoughShards(facts, writer, budget);
  const ways = [
    ` ${Math.ceil(minimum / 1e6)}MB or more`,
    ...(shards === undefined ? [] : [`--shards ${shards} or more, which are smaller`]),
    ...(smallerRowGroupsHelp(facts, writer) ? ['smaller --row-group-bytes'] : []),
  ];
  return new RiffleError(
    'MEMORY_TOO_SMALL',
    `A budget of ${formatByteSize(budget)} is too small: one worker that ${holdsShards(writer) ? 'holds a whole shard while it writes it' : 'writes row groups'} needs at least ${formatByteSize(minimum)}` +
      `${rowBytes > feedBytes ? ` for rows as large as ${formatByteSize(rowBytes)}` : ''}. Give --memory${ways.join(', or ')}.`,
    { minimum, memory: budget },
  );
}

function strategyTooLarge(facts: MemoryFacts, needed: number): RiffleError {
  return new RiffleError(
    'MEMORY_TOO_SMALL',
    `--strategy memory needs about ${formatByteSize(needed)} for ${formatByteSize(facts.decodedBytes)} of data; the budget is ${formatByteSize(facts.budget)}. Raise --memory, or let --strategy auto choose.`,
    { minimum: needed, memory: facts.budget },
  );
}

/** Fewer workers must save this part of the time, since estimates are not more exact. */
const leastSaved = 0.1;

/** Fewer workers leave room for more data, so that fewer passes may do: whatever takes least time. */
function bestOf(facts: ChoiceFacts, divider: MemoryDivider, strategy: Strategy): Candidate | undefined {
  let best: Candidate | undefined;
  for (let workers = divider.workersOf(strategy); workers >= 1; workers--) {
    const layout = divider.layOut(strategy, workers);
    const { passes, estimatedSpillBytes: spillBytes } = layout;
    const seconds = estimateSeconds(facts, { workers, passes, spillBytes });
    if (best === undefined || seconds < (1 - leastSaved) * best.seconds) best = { layout, seconds };
  }
  return best;
}

const workersText = (workers: number) => counted(workers, 'worker');

/** One of the three ways in words, as the beginning of `… about 8 s`. */
function wayText({ layout: { strategy, passes, workers } }: Candidate): string {
  const ways: Record<Strategy, string> = {
    memory: 'all in memory',
    spill: 'spilling',
    passes: passes === 1 ? 'one pass' : `${passes} passes`,
  };
  return `${ways[strategy]} with ${workersText(workers)}`;
}

/** As exact as it can be told: tenths of a second, then seconds. */
const secondsText = (seconds: number) => (seconds < 9.95 ? `${seconds.toFixed(1)} s` : duration(Math.round(seconds)));

/** Why, in a sentence without its full stop. */
function reasonOf(facts: ChoiceFacts, divider: MemoryDivider, chosen: Candidate, others: readonly Candidate[]): string {
  const { budget } = facts;
  const wanted = divider.workersOf('spill');
  const sizes = `the data (about ${formatByteSize(divider.whole)} in memory) and ${workersText(wanted)} (at least ${formatByteSize(divider.share)}${wanted === 1 ? '' : ' each'})`;
  if (facts.strategy !== 'auto') return `asked for with --strategy; ${sizes}, budget ${formatByteSize(budget)}`;
  if (chosen.layout.strategy === 'memory' && chosen.layout.workers === wanted)
    return `${sizes} fit the budget of ${formatByteSize(budget)}`;
  const times = [chosen, ...others].map((way) => `${wayText(way)} about ${secondsText(way.seconds)}`);
  const basis = facts.costs.basis === 'measured' ? 'measured here' : 'assumed';
  return `${sizes} pass the budget of ${formatByteSize(budget)}; ${times.join(', ')} (estimates, costs ${basis})`;
}

/** The cheapest first; what cannot be done last. */
function optionsOf(divider: MemoryDivider, candidates: readonly Candidate[]): readonly StrategyOption[] {
  const possible = candidates.map(({ layout, seconds }): StrategyOption => {
    const { strategy, workers, passes, estimatedSpillBytes: spillBytes } = layout;
    return { strategy, minimum: divider.minimumOf(strategy, 1), cost: { seconds, workers, passes, spillBytes } };
  });
  const rest = strategies.filter((strategy) => possible.every((option) => option.strategy !== strategy));
  return [...possible, ...rest.map((strategy) => ({ strategy, minimum: divider.minimumOf(strategy, 1) }))];
}

/**
 * Divides the budget and, if the recipe leaves it open, chooses the strategy that is estimated to take least time. Parallelism is lowered before
 * anything else, never the row groups' bytes.
 * @throws `MEMORY_TOO_SMALL` naming the least that would do.
 */
export function chooseStrategy(facts: ChoiceFacts): MemoryPlan {
  const divider = createMemoryDivider(facts);
  const candidates = strategies
    .map((strategy) => bestOf(facts, divider, strategy))
    .filter((candidate) => candidate !== undefined)
    .sort((one, other) => one.seconds - other.seconds);
  const chosen =
    facts.strategy === 'auto'
      ? candidates[0]
      : candidates.find(({ layout: { strategy } }) => strategy === facts.strategy);
  if (chosen === undefined) {
    const least = divider.minimumOf(facts.strategy === 'auto' ? 'spill' : facts.strategy, 1);
    throw facts.strategy === 'memory' ? strategyTooLarge(facts, least) : tooSmall(facts, least);
  }
  const others = candidates.filter((candidate) => candidate !== chosen);
  return {
    ...chosen.layout,
    reason: reasonOf(facts, divider, chosen, others),
    options: optionsOf(divider, candidates),
  };
}
