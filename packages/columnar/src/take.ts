import { bitAt, bytesForBits } from './bits.ts';
import { makeColumn, noBytes, type Column, type ColumnBatch } from './column.ts';
import type { Mask, Selection } from './selection.ts';
import { takeByteValues, takeOffsets, takeRanges } from './take-bytes.ts';
import { takeFixedValues } from './take-fixed.ts';
import { takeValidity } from './take-validity.ts';

/**
 * Takes rows `selection[start … end)` of several columns of one type into a new, compact column
 * (Arrow calls this `take` for one source and `interleave` for several). Never shares buffers with the sources.
 * Values of null rows come out as zero bytes, or with length 0, where the layout is fixed or has offsets.
 */
export function takeColumn(sources: readonly Column[], selection: Selection, start: number, end: number, mask?: Mask): Column {
  const { type, layout } = sources[0]!;
  const length = end - start;
  const validity = takeValidity(sources, selection, start, end, mask);
  const common = { type, layout, length, validity };
  switch (layout.kind) {
    case 'null':
      return makeColumn(common);
    case 'bits':
      return makeColumn({ ...common, values: takeBits(sources, selection, start, end) });
    case 'fixed':
      return makeColumn({ ...common, values: takeFixedValues(sources, layout.width, selection, start, end) });
    case 'bytes': {
      const offsets = takeOffsets(sources, selection, start, end, validity);
      return makeColumn({ ...common, offsets, values: takeByteValues(sources, selection, start, offsets) });
    }
    case 'list': {
      const offsets = takeOffsets(sources, selection, start, end, validity);
      return makeColumn({ ...common, offsets, children: [takeElements(sources, selection, start, offsets)] });
    }
    case 'fixed-list':
      return makeColumn({ ...common, children: [takeFixedElements(sources, layout.size, selection, start, end)] });
    case 'struct':
      return makeColumn({ ...common, children: sources[0]!.children.map((_, field) => takeColumn(sources.map((source) => source.children[field]!), selection, start, end)) });
    case 'view':
    case 'dictionary':
      throw new TypeError(`A ${layout.kind} column must be resolved to its values first.`);
  }
}

/** {@link takeColumn} for every column of several batches with the same columns. */
export function takeBatch(sources: readonly ColumnBatch[], selection: Selection, start: number, end: number): ColumnBatch {
  const columns = sources[0]!.columns.map((_, index) => takeColumn(sources.map((source) => source.columns[index]!), selection, start, end));
  return { rows: end - start, columns };
}

function takeBits(sources: readonly Column[], { which, rows }: Selection, start: number, end: number): Uint8Array {
  const out = new Uint8Array(bytesForBits(end - start));
  for (let index = start; index < end; index++) {
    const source = sources[which === undefined ? 0 : which[index]!]!;
    if (bitAt(source.values ?? noBytes, source.valuesOffset + rows[index]!)) out[(index - start) >> 3]! |= 1 << ((index - start) & 7);
  }
  return out;
}

/** The elements of taken lists. Fixed-width elements without nulls are copied a list at a time. */
function takeElements(sources: readonly Column[], selection: Selection, start: number, offsets: Int32Array): Column {
  const children = sources.map((source) => source.children[0]!);
  const { type, layout } = children[0]!;
  const length = offsets[offsets.length - 1]!;
  if (layout.kind === 'fixed' && children.every((child) => child.validity === undefined)) {
    const values = takeRanges(children.map((child) => child.values ?? noBytes), sources, selection, start, offsets, layout.width);
    return makeColumn({ type, layout, length, values });
  }
  const { which, rows } = selection;
  const elements = { which: which === undefined ? undefined : new Uint32Array(length), rows: new Uint32Array(length) };
  for (let index = 0; index + 1 < offsets.length; index++) {
    const source = which === undefined ? 0 : which[start + index]!;
    let from = sources[source]!.offsets![rows[start + index]!]!;
    for (let at = offsets[index]!; at < offsets[index + 1]!; at++) {
      elements.rows[at] = from++;
      if (elements.which !== undefined) elements.which[at] = source;
    }
  }
  return takeColumn(children, elements, 0, length);
}

function takeFixedElements(sources: readonly Column[], size: number, { which, rows }: Selection, start: number, end: number): Column {
  const length = (end - start) * size;
  const elements = { which: which === undefined ? undefined : new Uint32Array(length), rows: new Uint32Array(length) };
  for (let index = start, at = 0; index < end; index++) {
    for (let element = 0; element < size; element++, at++) {
      elements.rows[at] = rows[index]! * size + element;
      if (elements.which !== undefined) elements.which[at] = which![index]!;
    }
  }
  return takeColumn(sources.map((source) => source.children[0]!), elements, 0, length);
}
