import { DataType, type Field, type FixedSizeList } from 'apache-arrow';
import type { Conversion } from '../convert/conversion.ts';
import { sameType } from '../same-type.ts';
import { placesByName } from './places-by-name.ts';

/** How values without children become others; undefined if there is no way. */
export type LeafConversion = (source: DataType, target: DataType) => Conversion | undefined;

const keep: Conversion = { kind: 'keep' };

const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
const childrenOf = (type: DataType) => (type.children ?? []) as Field[];
const typeOf = (field: Field) => field.type as DataType;

/** Whether no value needs to be looked at: so a column around it can be kept as a whole. */
function isKeptUnseen(source: DataType, target: DataType, { kind }: Conversion): boolean {
  return kind === 'keep' && (!DataType.isFixedSizeBinary(target) || DataType.isFixedSizeBinary(source));
}

function listConversion(source: DataType, target: DataType, leaf: LeafConversion): Conversion | undefined {
  const [from, to] = [typeOf(childrenOf(source)[0]!), typeOf(childrenOf(target)[0]!)];
  const element = nestedConversion(from, to, leaf);
  if (element === undefined) return undefined;
  const isSameSize = DataType.isFixedSizeList(source)
    ? DataType.isFixedSizeList(target) && source.listSize === (target as FixedSizeList).listSize
    : !DataType.isFixedSizeList(target);
  return isSameSize && isKeptUnseen(from, to, element) ? keep : { kind: 'list', element };
}

/** Each target field from the source's next field of its name; those that are missing are null, those left over are dropped. */
function structConversion(source: DataType, target: DataType, leaf: LeafConversion): Conversion | undefined {
  const [sources, targets] = [childrenOf(source), childrenOf(target)];
  const places = placesByName(sources);
  const fields: { source: number | undefined; conversion: Conversion }[] = [];
  let isKept = sources.length === targets.length;
  for (const [index, field] of targets.entries()) {
    const at = places.get(field.name)?.pop();
    if (at === undefined) {
      fields.push({ source: undefined, conversion: { kind: 'null' } });
      isKept = false;
      continue;
    }
    const from = typeOf(sources[at]!);
    const conversion = nestedConversion(from, typeOf(field), leaf);
    if (conversion === undefined) return undefined;
    isKept &&= at === index && isKeptUnseen(from, typeOf(field), conversion);
    fields.push({ source: at, conversion });
  }
  return isKept ? keep : { kind: 'struct', fields };
}

function mapConversion(source: DataType, target: DataType, leaf: LeafConversion): Conversion | undefined {
  const [from, to] = [source, target].map((type) => childrenOf(typeOf(childrenOf(type)[0]!)).map(typeOf));
  const [key, value] = [0, 1].map((index) => nestedConversion(from![index]!, to![index]!, leaf));
  if (key === undefined || value === undefined) return undefined;
  const isKept = isKeptUnseen(from![0]!, to![0]!, key) && isKeptUnseen(from![1]!, to![1]!, value);
  return isKept ? keep : { kind: 'map', key, value };
}

/**
 * The conversion between two types of any nesting, with `leaf` for what has no children: lists to lists of any kind, structs by the names
 * of fields, maps, and nulls to anything. Both must be plain. Undefined if there is no way at some level.
 */
export function nestedConversion(source: DataType, target: DataType, leaf: LeafConversion): Conversion | undefined {
  if (DataType.isNull(source)) return DataType.isNull(target) ? keep : { kind: 'null' };
  if (isList(source) && isList(target)) return listConversion(source, target, leaf);
  if (DataType.isStruct(source) && DataType.isStruct(target)) return structConversion(source, target, leaf);
  if (DataType.isMap(source) && DataType.isMap(target)) return mapConversion(source, target, leaf);
  return sameType(source, target) ? keep : leaf(source, target);
}
