import { DataType, type Field, type FixedSizeList } from 'apache-arrow';
import { makeColumn, noBytes, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { sameType } from '../same-type.ts';
import { ConversionFailure, misfit } from './conversion-failure.ts';
import { eachPresent, isPresent } from './presence.ts';
import { isBinary, isText, typeName } from '../types/type-name.ts';

const keep = { kind: 'keep' } as const;

/**
 * The same values under another type, sharing all buffers; only fixed-size binary is laid out anew as other binary and back.
 * @throws ConversionFailure for the first value that is not as long as fixed-size binary wants.
 */
export function keepColumn(source: Column, target: DataType): Column {
  return isBinary(source.type) && DataType.isFixedSizeBinary(target)
    ? bytesToFixed(source, target, target.byteWidth)
    : relabelled(source, target);
}

/** Of any depth, since no value is looked at: some may stand inside a null. */
function relabelled(source: Column, target: DataType): Column {
  const { type } = source;
  if (type === target) return source;
  const layout = layoutOf(target);
  if (DataType.isFixedSizeBinary(type) && isBinary(target)) return fixedToBytes(source, target);
  if (!isSameKind(type, target)) throw misfit(type, target, keep);
  const fields = (target.children ?? []) as Field[];
  const children = source.children.map((child, index) => relabelled(child, fields[index]!.type as DataType));
  return { ...source, type: target, layout, children };
}

function isSameKind(source: DataType, target: DataType): boolean {
  if (isText(source)) return isText(target);
  if (isBinary(source)) return isBinary(target);
  if (DataType.isTimestamp(source)) return DataType.isTimestamp(target) && source.unit === target.unit;
  if (DataType.isMap(source)) return DataType.isMap(target);
  if (DataType.isStruct(source)) return DataType.isStruct(target) && source.children.length === target.children.length;
  const isList = (type: DataType) => DataType.isList(type) || DataType.isLargeList(type);
  if (isList(source)) return isList(target);
  if (DataType.isFixedSizeList(source))
    return DataType.isFixedSizeList(target) && source.listSize === (target as FixedSizeList).listSize;
  return sameType(source, target);
}

function fixedToBytes(source: Column, target: DataType): Column {
  const { length, validity, validityOffset, values = noBytes } = source;
  const { width } = source.layout as { readonly width: number };
  const offsets = new Int32Array(length + 1);
  for (let row = 0; row <= length; row++) offsets[row] = row * width;
  return makeColumn({ type: target, layout: layoutOf(target), length, validity, validityOffset, offsets, values });
}

function bytesToFixed(source: Column, target: DataType, width: number): Column {
  const { length, validity, validityOffset, values = noBytes, offsets } = source;
  eachPresent(source, (row) => {
    const bytes = offsets![row + 1]! - offsets![row]!;
    if (bytes !== width)
      throw new ConversionFailure(row, `a value of ${bytes} bytes`, `cannot become ${typeName(target)}`);
  });
  const out = new Uint8Array(length * width);
  for (let row = 0; row < length; row++) {
    if (isPresent(source, row)) out.set(values.subarray(offsets![row], offsets![row + 1]), row * width);
  }
  return makeColumn({ type: target, layout: layoutOf(target), length, validity, validityOffset, values: out });
}
