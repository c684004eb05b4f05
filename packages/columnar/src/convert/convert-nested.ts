import { DataType, type Field, type FixedSizeList } from 'apache-arrow';
import { makeColumn, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { pathStep } from '../lattice/field-path.ts';
import { sliceColumn } from '../slice-batch.ts';
import { takeColumn } from '../take.ts';
import { allOf, ConversionFailure, inside, misfit } from './conversion-failure.ts';
import type { Conversion } from './conversion.ts';
import { listElements, rowOfElement, type ListElements } from './list-elements.ts';
import { isPresent, masked } from './presence.ts';
import { typeName } from '../types/type-name.ts';

/** Converts one column of `rows` rows; handed down, since columns stand in columns. */
export type Convert = (source: Column | undefined, rows: number, target: DataType, conversion: Conversion) => Column;
type Of<Kind extends Conversion['kind']> = Extract<Conversion, { readonly kind: Kind }>;

const isAnyList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);

/** Lists of any kind as lists of any kind. @throws ConversionFailure for a list that is not as long as a fixed-size target wants. */
export function convertLists(source: Column, target: DataType, conversion: Of<'list'>, convert: Convert): Column {
  if (!isAnyList(source.type) || !isAnyList(target)) throw misfit(source.type, target, conversion);
  const [field] = target.children as [Field];
  const size = DataType.isFixedSizeList(target) ? (target as FixedSizeList).listSize : undefined;
  const lists = listElements(source);
  if (size !== undefined) checkLengths(source, lists, size, target, conversion, convert);
  const { offsets, elements } = arranged(source, lists, size);
  const rowOf = (index: number) => (size === undefined ? rowOfElement(offsets, index) : Math.floor(index / size));
  const child = inside(pathStep.element, rowOf, () =>
    convert(elements, elements.length, field.type as DataType, conversion.element),
  );
  const { length, validity, validityOffset } = source;
  return makeColumn({
    type: target,
    layout: layoutOf(target),
    length,
    validity,
    validityOffset,
    offsets: size === undefined ? offsets : undefined,
    children: [child],
  });
}

function checkLengths(
  source: Column,
  { offsets }: ListElements,
  size: number,
  target: DataType,
  conversion: Of<'list'>,
  convert: Convert,
): void {
  for (let row = 0; row < source.length; row++) {
    const length = offsets[row + 1]! - offsets[row]!;
    if (length === size || !isPresent(source, row)) continue;
    // An element in a row before this one may be at fault too; then that is the one to report.
    convertLists(sliceColumn(source, 0, row), target, conversion, convert);
    throw new ConversionFailure(row, `a list of length ${length}`, `cannot become ${typeName(target)}`);
  }
}

/** Elements as the target wants them: null lists have `size` if that is given, none if they come from a fixed size, else what they had. */
function arranged(source: Column, lists: ListElements, size: number | undefined): ListElements {
  const { length } = source;
  const { layout } = source;
  const isArranged = layout.kind === 'fixed-list' ? layout.size === size : size === undefined;
  if (source.validity === undefined || isArranged) return lists;
  const offsets = new Int32Array(length + 1);
  for (let row = 0; row < length; row++)
    offsets[row + 1] =
      offsets[row]! + (isPresent(source, row) ? lists.offsets[row + 1]! - lists.offsets[row]! : (size ?? 0));
  const rows = new Uint32Array(offsets[length]!);
  const mask = new Uint8Array((rows.length + 7) >> 3);
  for (let row = 0; row < length; row++) {
    if (!isPresent(source, row)) continue;
    let from = lists.offsets[row]!;
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      rows[at] = from++;
      mask[at >> 3]! |= 1 << (at & 7);
    }
  }
  const elements = takeColumn([lists.elements], { which: undefined, rows }, 0, rows.length, {
    validity: mask,
    validityOffset: 0,
  });
  return { offsets, elements };
}

/** A struct with other fields, in another order. */
export function convertStructs(source: Column, target: DataType, conversion: Of<'struct'>, convert: Convert): Column {
  return convertFields(source, target, conversion, convert, (name) => pathStep.field(name));
}

function convertFields(
  source: Column,
  target: DataType,
  conversion: Of<'struct'>,
  convert: Convert,
  stepTo: (name: string, index: number) => string,
): Column {
  const fields = target.children as Field[];
  if (!DataType.isStruct(source.type) || !DataType.isStruct(target) || fields.length !== conversion.fields.length)
    throw misfit(source.type, target, conversion);
  const { length, validity, validityOffset } = source;
  const steps = conversion.fields.map((from, index) => () => {
    const field = fields[index]!;
    const type = field.type as DataType;
    const child = from.source === undefined ? undefined : source.children[from.source];
    if (from.source !== undefined && child === undefined) throw misfit(undefined, type, from.conversion);
    const shown = child === undefined ? undefined : shownIn(child, source, type, from.conversion);
    return inside(
      stepTo(field.name, index),
      (row) => row,
      () => convert(shown, length, type, from.conversion),
    );
  });
  const children = allOf(steps);
  return makeColumn({ type: target, layout: layoutOf(target), length, validity, validityOffset, children });
}

/** The child without what stands inside nulls, unless nobody is going to look at its values. */
function shownIn(child: Column, { validity, validityOffset }: Column, target: DataType, { kind }: Conversion): Column {
  const looksAtNone = kind === 'keep' && !DataType.isFixedSizeBinary(target);
  return looksAtNone ? child : masked(child, validity, validityOffset);
}

/** Maps with other keys and values. The order of entries stays. */
export function convertMaps(source: Column, target: DataType, conversion: Of<'map'>, convert: Convert): Column {
  if (!DataType.isMap(source.type) || !DataType.isMap(target)) throw misfit(source.type, target, conversion);
  const { offsets, elements } = listElements(source);
  const [entries] = target.children as unknown as [Field];
  const fields = [conversion.key, conversion.value].map((from, index) => ({ source: index, conversion: from }));
  const children = inside(
    '',
    (index) => rowOfElement(offsets, index),
    () =>
      convertFields(
        elements,
        entries.type as DataType,
        { kind: 'struct', fields },
        convert,
        (_, index) => pathStep.entry[index === 0 ? 0 : 1],
      ),
  );
  const { length, validity, validityOffset } = source;
  return makeColumn({
    type: target,
    layout: layoutOf(target),
    length,
    validity,
    validityOffset,
    offsets,
    children: [children],
  });
}
