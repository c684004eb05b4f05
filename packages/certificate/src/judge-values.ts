import type { Certificate } from './certificate.ts';
import { judgeOrder } from './judge-order.ts';
import { rowsOfStretches, type Stretch } from './order.ts';
import { rankNumbers, rankTexts } from './rank.ts';
import { fewestRows } from './thresholds.ts';

/** More different values are no groups. */
/** Rows that must differ from the most frequent value: fewer tell too little. */
const fewestOthers = fewestRows / 2;

const mostGroups = 64;

/** Values of a column, in the order of its rows. */
export interface ValuesToJudge {
  /** Rows of the whole column. */
  readonly rows: number;
  /** Which of them `values` are of: as {@link stretchesOf} gives them. */
  readonly stretches: readonly Stretch[];
  readonly values: Float64Array | readonly string[];
  /** Rows of each file, in order. */
  readonly shards?: readonly number[] | undefined;
}

/**
 * Judges the order of a column: is it one in which the values stand without any order? The source position of a row is the rank of its value among
 * those judged. Of values that are there more than once, the ranks are drawn. A column with few different values is also judged by the
 * share of each in every part.
 */
export function judgeValues({ rows, stretches, values, shards }: ValuesToJudge): Certificate {
  const { ranks, distinct, mostFrequent, valueOf } =
    values instanceof Float64Array ? rankNumbers(values) : rankTexts(values);
  const sourceRows = rowsOfStretches(stretches);
  const groups =
    distinct > 1 && distinct <= mostGroups ? ({ kind: 'value', count: distinct, of: valueOf } as const) : undefined;
  const others = sourceRows - mostFrequent;
  const all = `All ${sourceRows} rows have the same value, which tells nothing of their order.`;
  const few = `All but ${others} of ${sourceRows} rows have the same value; ${fewestOthers} others are needed to judge.`;
  const tooFew = sourceRows < fewestRows || others >= fewestOthers ? undefined : others === 0 ? all : few;
  return judgeOrder({ rows, stretches, sources: ranks, sourceRows, groups, shards }, tooFew);
}
