import type { CertificateTest } from './certificate.ts';
import { chiSquareOf } from './chi-square.ts';
import type { Groups, Order } from './order.ts';
import { partsOf } from './parts.ts';
import { chiSquareTest } from './test-of.ts';
import { fewestExpected } from './thresholds.ts';

/** More parts show no more. */
const mostParts = 256;
/** A group with a smaller share is pooled with others, so that the parts need not become too large for its sake. */
const smallestShare = 1 / 320;

/** Rows of each class, and the class of each group: small groups share one. */
function pooled({ count, of }: Groups): { readonly sizes: readonly number[]; readonly classOf: Uint32Array } {
  const sums = new Float64Array(count);
  for (const group of of) sums[group]!++;
  const least = Math.max(2 * fewestExpected, Math.ceil(of.length * smallestShare));
  const order = Array.from(sums.keys()).sort((one, other) => sums[other]! - sums[one]!);
  const sizes: number[] = [];
  const classOf = new Uint32Array(count);
  let pool = 0;
  for (const group of order) {
    if (sums[group]! >= least) {
      classOf[group] = sizes.push(sums[group]!) - 1;
      continue;
    }
    if (pool === 0) sizes.push(0);
    pool += sums[group]!;
    classOf[group] = sizes.length - 1;
    sizes[sizes.length - 1] = pool;
  }
  // A pool that is small itself joins the smallest of the others.
  if (sizes.length > 1 && pool > 0 && pool < least) {
    sizes[sizes.length - 2]! += sizes.pop()!;
    for (const group of order) classOf[group] = Math.min(classOf[group]!, sizes.length - 1);
  }
  return { sizes: sizes.filter((size) => size > 0), classOf };
}

/**
 * Whether every part of the output has each collection in its share: chi-square of collections by shards. Shards are taken together, and small
 * collections too, until every cell is expected to have enough rows. Undefined if there are no two groups or no two parts.
 */
export function testGroupShare(order: Order): CertificateTest | undefined {
  const { groups, sources } = order;
  if (groups === undefined) return undefined;
  const { sizes, classOf } = pooled(groups);
  if (sizes.length < 2) return undefined;
  const rowsPerPart = Math.floor(sources.length / Math.min(mostParts, Math.min(...sizes) / fewestExpected));
  if (2 * rowsPerPart > sources.length) return undefined;
  const parts = partsOf(order, rowsPerPart);
  if (parts.count < 2) return undefined;
  const counts = new Float64Array(parts.count * sizes.length);
  for (let index = 0; index < sources.length; index++)
    counts[parts.of[index]! * sizes.length + classOf[groups.of[index]!]!]!++;
  const chiSquare = chiSquareOf({ rows: parts.count, columns: sizes.length, counts });
  const pieces = parts.ofShards && parts.count === order.shards?.length ? 'shards' : 'parts of the output';
  return chiSquareTest(
    { name: 'group-share', title: `Share of ${sizes.length} ${groups.kind}s in ${parts.count} ${pieces}` },
    chiSquare,
    {
      fair: `All ${pieces} have each ${groups.kind} in its share, as far as chance allows.`,
      above: `Some ${pieces} have too much of one ${groups.kind} and too little of another.`,
      below: `The shares of each ${groups.kind} are more even than chance makes them: rows were dealt in turn, not shuffled.`,
    },
  );
}
