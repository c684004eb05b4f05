import type { Certificate } from '@riffle/certificate';
import type { Manifest, Shuffler } from '@riffle/core';

const sumOf = (parts: readonly { readonly rows: number }[]) => parts.reduce((sum, { rows }) => sum + rows, 0);

/**
 * How well the order of a result is shuffled, from its manifest alone: seed and rows tell where every row came from. Undefined where that
 * cannot be: another shuffler made it, or its numbers contradict each other.
 */
export async function certifyResult({ plan, receipt }: Manifest, shuffler: Shuffler): Promise<Certificate | undefined> {
  const { rows, seed } = plan;
  const { outputs, inputs } = receipt;
  if (plan.shuffler !== shuffler.name || rows > shuffler.capabilities.maximumRows) return undefined;
  // Those of the collections are in the order of the recipe, which is that of the rows.
  const collections = receipt.collections.map(({ name, rows: own }) => ({ name, rows: own }));
  if ([outputs, inputs, collections].some((parts) => sumOf(parts) !== rows)) return undefined;
  const { judgePermutation } = await import('@riffle/certificate');
  const permutation = shuffler.plan(rows, seed);
  return judgePermutation({
    rows,
    shards: outputs.map((shard) => shard.rows),
    collections,
    sourceOf: (position) => permutation.sourceOf(position),
  });
}
