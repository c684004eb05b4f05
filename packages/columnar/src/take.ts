import { freshBytes, type Allocate } from './allocate.ts';
import { makeColumn, noBytes, type Column, type ColumnBatch } from './column.ts';
import type { Mask, Selection } from './selection.ts';
import { takeByteValues, takeOffsets, takeRanges } from './take-bytes.ts';
import { elementsOfFixedLists, elementsOfLists, maskOfFixedLists } from './take-elements.ts';
import { takeBits, takeFixedValues } from './take-fixed.ts';
import { takeValidity } from './take-validity.ts';

/**
 * Takes rows `selection[start … end)` of several columns of one type into a new, compact column
 * (Arrow calls this `take` for one source and `interleave` for several). Never shares buffers with the sources.
 *
 * Equal rows give equal buffers, however they were laid out and spread over sources: a null comes out as zero bytes or with
 * length 0, and whatever stands inside a null struct or fixed-size list comes out null.
 *
 * @param allocate Gives the memory of the result; fresh memory unless told otherwise.
 * @throws RangeError if a column of the result would pass 2^31 bytes or elements.
 */
export function takeColumn(
  sources: readonly Column[],
  selection: Selection,
  start: number,
  end: number,
  mask?: Mask,
  allocate: Allocate = freshBytes,
): Column {
  const { type, layout } = sources[0]!;
  const length = end - start;
  if (layout.kind === 'null') return makeColumn({ type, layout, length });
  const validity = takeValidity(sources, selection, start, end, mask, allocate);
  const common = { type, layout, length, validity };
  switch (layout.kind) {
    case 'bits':
      return makeColumn({ ...common, values: takeBits(sources, selection, start, end, validity, allocate) });
    case 'fixed':
      return makeColumn({
        ...common,
        values: takeFixedValues(sources, layout.width, selection, start, end, validity, allocate),
      });
    case 'bytes': {
      const offsets = takeOffsets(sources, selection, start, end, validity, allocate);
      return makeColumn({ ...common, offsets, values: takeByteValues(sources, selection, start, offsets, allocate) });
    }
    case 'list': {
      const offsets = takeOffsets(sources, selection, start, end, validity, allocate);
      return makeColumn({
        ...common,
        offsets,
        children: [takeListChild(sources, selection, start, offsets, allocate)],
      });
    }
    case 'fixed-list': {
      const elements = elementsOfFixedLists(selection, layout.size, start, end);
      const below = maskOfFixedLists(validity, length, layout.size);
      return makeColumn({
        ...common,
        children: [takeColumn(childrenOf(sources, 0), elements, 0, elements.rows.length, below, allocate)],
      });
    }
    case 'struct': {
      const below: Mask | undefined = validity === undefined ? undefined : { validity, validityOffset: 0 };
      const children = sources[0]!.children.map((_, field) =>
        takeColumn(childrenOf(sources, field), selection, start, end, below, allocate),
      );
      return makeColumn({ ...common, children });
    }
    case 'view':
    case 'dictionary':
      throw new TypeError(`A ${layout.kind} column must be resolved to its values first.`);
  }
}

/** {@link takeColumn} for every column of several batches with the same columns. */
export function takeBatch(
  sources: readonly ColumnBatch[],
  selection: Selection,
  start: number,
  end: number,
  allocate: Allocate = freshBytes,
): ColumnBatch {
  const column = (index: number) =>
    takeColumn(
      sources.map((source) => source.columns[index]!),
      selection,
      start,
      end,
      undefined,
      allocate,
    );
  return { rows: end - start, columns: sources[0]!.columns.map((_, index) => column(index)) };
}

function childrenOf(sources: readonly Column[], field: number): Column[] {
  return sources.map((source) => source.children[field]!);
}

/** The elements of taken lists. Fixed-width elements without nulls are copied a list at a time. */
function takeListChild(
  sources: readonly Column[],
  selection: Selection,
  start: number,
  offsets: Int32Array,
  allocate: Allocate,
): Column {
  const children = childrenOf(sources, 0);
  const { type, layout } = children[0]!;
  const length = offsets[offsets.length - 1]!;
  if (layout.kind === 'fixed' && children.every((child) => child.validity === undefined)) {
    const values = takeRanges(
      children.map((child) => child.values ?? noBytes),
      sources,
      selection,
      start,
      offsets,
      layout.width,
      allocate,
    );
    return makeColumn({ type, layout, length, values });
  }
  return takeColumn(children, elementsOfLists(sources, selection, start, offsets), 0, length, undefined, allocate);
}
