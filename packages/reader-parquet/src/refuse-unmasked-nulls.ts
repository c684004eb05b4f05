import { BadContentError } from '@riffle/core';
import type { RowGroup } from '@riffle/codec-parquet';
import { DataType, type Data, type FixedSizeList, type RecordBatch } from 'apache-arrow';

/** For each element of an array whether it is within rows, or undefined where all are: those below a null are not. */
type Shown = Uint8Array | undefined;

/** The elements of an array that are not null and below no null. */
function validOf(data: Data, shown: Shown): Shown {
  if (data.nullCount === 0) return shown;
  return Uint8Array.from({ length: data.length }, (_, index) => (shown?.[index] !== 0 && data.getValid(index) ? 1 : 0));
}

/** Which elements of a child are below an element that is there. In structs they are the same, in lists a range for each. */
function shownBelow(data: Data, child: Data, shown: Shown): Shown {
  const valid = validOf(data, shown);
  if (DataType.isStruct(data.type)) return valid;
  const size = DataType.isFixedSizeList(data.type) ? (data.type as FixedSizeList).listSize : undefined;
  const offsets = data.valueOffsets as ArrayLike<number | bigint> | undefined;
  const startOf = (index: number): number => (size === undefined ? Number(offsets![index]) : index * size);
  const below = new Uint8Array(child.length);
  for (let index = 0; index < data.length; index++)
    if (valid?.[index] !== 0) below.fill(1, startOf(index), startOf(index + 1));
  return below;
}

function holdsNull(data: Data, shown: Shown): boolean {
  const alwaysNull = DataType.isNull(data.type);
  for (let index = 0; index < data.length; index++)
    if (shown?.[index] !== 0 && (alwaysNull || !data.getValid(index))) return true;
  return false;
}

/** Leaves of an array; a dictionary is one. */
const leafCount = ({ children }: Data): number =>
  children.length === 0 ? 1 : children.reduce((sum, child) => sum + leafCount(child), 0);

/** The first leaf below a field that holds nulls against its schema, counted from the first leaf of `data`, or undefined. */
function findUnmasked(data: Data, shownOf: () => Shown): number | undefined {
  let leaf = 0;
  for (const [place, child] of data.children.entries()) {
    let known: { readonly shown: Shown } | undefined;
    // Most arrays have no nulls where none may be, so that nobody asks.
    const shownHere = (): Shown => (known ??= { shown: shownBelow(data, child, shownOf()) }).shown;
    const { nullable } = (data.type as DataType).children[place]!;
    if (!nullable && child.nullCount > 0 && holdsNull(child, shownHere())) return leaf;
    const below = findUnmasked(child, shownHere);
    if (below !== undefined) return leaf + below;
    leaf += leafCount(child);
  }
  return undefined;
}

/**
 * Refuses nulls where the schema allows none: keys of maps that are null, since files may declare keys optional, and Arrow
 * may not. Nulls below a null are sound: there is nothing that they could be values of. The codec does not look, and such data cannot be written.
 * @throws BadContentError naming the first column at fault.
 */
export function refuseUnmaskedNulls({ index, chunks }: RowGroup, batches: readonly RecordBatch[]): void {
  for (const { data } of batches) {
    let first = 0;
    // What is no part of anything else has no levels to say that it is null.
    for (const top of data.children) {
      const leaf = findUnmasked(top, () => undefined);
      if (leaf !== undefined) {
        const column = chunks[first + leaf]!.leaf.path.join('.');
        throw new BadContentError(
          `Column ${column} of row group ${index} cannot be decoded: it holds null where its schema allows none.`,
          { kind: 'decode', rowGroup: index, column },
        );
      }
      first += leafCount(top);
    }
  }
}
