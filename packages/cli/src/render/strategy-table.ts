import { count, formatByteSize, type Plan, type StrategyOption } from '@riffle/core';
import { fittedTable } from './fitted-table.ts';
import { roughDuration } from './wording.ts';

/** The three strategies beside each other, the one that is taken marked, and why it is. */
export function strategyTable({ memory, costs, recipe }: Plan, width?: number): string[] {
  const rowOf = ({ strategy, minimum, cost }: StrategyOption): readonly string[] => {
    const name = `${strategy === memory.strategy ? '* ' : '  '}${strategy}`;
    if (cost === undefined) return [name, `needs ${formatByteSize(minimum)}`, '', '', ''];
    const { seconds, workers, passes, spillBytes } = cost;
    const disk = spillBytes === 0 ? 'none' : formatByteSize(spillBytes);
    return [name, `about ${roughDuration(seconds)}`, count(passes), count(workers), disk];
  };
  const rows = [['  ', 'time', 'passes', 'workers', 'temporary disk'], ...memory.options.map(rowOf)];
  const why =
    recipe.strategy === 'auto'
      ? '* is taken: it is estimated to take least time.'
      : '* is taken: it was asked for with --strategy.';
  const basis =
    costs.basis === 'measured'
      ? 'Costs were measured here, in a short trial with a piece of the input.'
      : 'Costs were not measured here, but assumed: a trial is for jobs of a minute or more that do not fit in memory.';
  return [`Strategies for ${formatByteSize(memory.budget)}`, ...fittedTable(rows, width), `  ${why}`, `  ${basis}`];
}
