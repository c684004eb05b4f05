import type { Certificate } from '@riffle/certificate';
import { canonicalJson, shardTotals, type Manifest, type Shuffler } from '@riffle/core';

/** What the order of a result follows from: the same by its plan as by its manifest. */
export interface ResultOrder {
  readonly rows: number;
  readonly seed: string;
  /** Rows of each output shard. */
  readonly shards: readonly number[];
  /** In the order of the recipe, which is that of the rows. */
  readonly collections: readonly { readonly name: string; readonly rows: number }[];
}

/** An order and how well it is shuffled. */
export interface CertifiedOrder {
  readonly order: ResultOrder;
  readonly certificate: Certificate;
}

const sumOf = (parts: readonly { readonly rows: number }[]) => parts.reduce((sum, { rows }) => sum + rows, 0);

function orderOf({ plan, receipt }: Manifest, shuffler: Shuffler): ResultOrder | undefined {
  const { rows, seed } = plan;
  const { outputs, inputs } = receipt;
  if (plan.shuffler !== shuffler.name || rows > shuffler.capabilities.maximumRows) return undefined;
  const collections = receipt.collections.map(({ name, rows: own }) => ({ name, rows: own }));
  if ([outputs, inputs, collections].some((parts) => sumOf(parts) !== rows)) return undefined;
  return { rows, seed, shards: shardTotals(outputs).map((shard) => shard.rows), collections };
}

/** Judges an order that `shuffler` makes: at most half a second, whatever the number of rows, and 25 MB. */
export async function certifyOrder(
  { rows, seed, shards, collections }: ResultOrder,
  shuffler: Shuffler,
): Promise<Certificate> {
  const { judgePermutation } = await import('@riffle/certificate');
  const permutation = shuffler.plan(rows, seed);
  return judgePermutation({ rows, shards, collections, sourceOf: (position) => permutation.sourceOf(position) });
}

/**
 * How well the order of a result is shuffled, from its manifest alone: seed and rows tell where every row came from. Undefined where that
 * cannot be: another shuffler made it, or its numbers contradict each other.
 *
 * @param known what was judged while the result was made; it is believed if it is about the same order
 */
export async function certifyResult(
  manifest: Manifest,
  shuffler: Shuffler,
  known?: CertifiedOrder,
): Promise<Certificate | undefined> {
  const order = orderOf(manifest, shuffler);
  if (order === undefined) return undefined;
  const same = known !== undefined && canonicalJson({ ...known.order }) === canonicalJson({ ...order });
  return same ? known.certificate : certifyOrder(order, shuffler);
}
