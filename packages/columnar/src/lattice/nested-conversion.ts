import { DataType, Field, type FixedSizeList } from 'apache-arrow';
import type { Conversion } from '../convert/conversion.ts';
import { sameType } from '../same-type.ts';
import { fieldsBelow } from './field-path.ts';
import { placesByName } from './places-by-name.ts';

/** How values without children become others; undefined if there is no way. */
export type LeafConversion = (source: DataType, target: DataType) => Conversion | undefined;

/**
 * Decides the conversion at a path by other means than types: labels that are renumbered, a default for what is missing. Undefined leaves
 * it to the types.
 */
export type ChosenConversion = (path: string, source: Field | undefined) => Conversion | undefined;

interface Rules {
  readonly leaf: LeafConversion;
  readonly choose?: ChosenConversion;
}

const keep: Conversion = { kind: 'keep' };

const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
const typeOf = (field: Field) => field.type as DataType;

/** Whether what holds these values can be kept as a whole: nothing is laid out anew, no value looked at. */
function isKeptUnseen(source: Field | undefined, target: Field, { kind }: Conversion): boolean {
  if (kind !== 'keep' || source === undefined) return false;
  return !DataType.isFixedSizeBinary(target.type) || DataType.isFixedSizeBinary(source.type);
}

/** Whether lists are laid out alike: each with any number of elements, or all with the same. */
function isSameSize(source: DataType, target: DataType): boolean {
  const [from, to] = [source, target].map((type) =>
    DataType.isFixedSizeList(type) ? (type as FixedSizeList).listSize : undefined,
  );
  return from === to;
}

function listConversion(source: DataType, target: DataType, path: string, rules: Rules): Conversion | undefined {
  const [from] = fieldsBelow(source, path);
  const [to] = fieldsBelow(target, path);
  const element = fieldConversion(from!.field, to!.field, to!.path, rules);
  if (element === undefined) return undefined;
  return isSameSize(source, target) && isKeptUnseen(from!.field, to!.field, element) ? keep : { kind: 'list', element };
}

/** Each target field from the source's next field of its name; those that are missing are null, those left over are dropped. */
function structConversion(source: DataType, target: DataType, path: string, rules: Rules): Conversion | undefined {
  const sources = fieldsBelow(source, path).map(({ field }) => field);
  const targets = fieldsBelow(target, path);
  const places = placesByName(sources);
  const fields: { source: number | undefined; conversion: Conversion }[] = [];
  let isKept = sources.length === targets.length;
  for (const [index, { field, path: below }] of targets.entries()) {
    const at = places.get(field.name)?.pop();
    const from = at === undefined ? undefined : sources[at]!;
    const conversion = fieldConversion(from, field, below, rules);
    if (conversion === undefined) return undefined;
    isKept &&= at === index && isKeptUnseen(from, field, conversion);
    fields.push({ source: at, conversion });
  }
  return isKept ? keep : { kind: 'struct', fields };
}

function mapConversion(source: DataType, target: DataType, path: string, rules: Rules): Conversion | undefined {
  const from = fieldsBelow(source, path);
  const to = fieldsBelow(target, path);
  const [key, value] = to.map(({ field, path: below }, index) =>
    fieldConversion(from[index]!.field, field, below, rules),
  );
  if (key === undefined || value === undefined) return undefined;
  const isKept = [key, value].every((entry, index) => isKeptUnseen(from[index]!.field, to[index]!.field, entry));
  return isKept ? keep : { kind: 'map', key, value };
}

/**
 * How a field's values become another's, of any nesting: lists to lists of any kind, structs by the names of fields, maps, and nulls to
 * anything. Types must be plain, but for what `choose` decides and `leaf` takes.
 * @param source undefined if there is none: then all is null
 * @param path of the target, as recipes spell it
 * @returns Undefined if there is no way at some level.
 */
export function fieldConversion(
  source: Field | undefined,
  target: Field,
  path: string,
  rules: Rules,
): Conversion | undefined {
  const chosen = rules.choose?.(path, source);
  if (chosen !== undefined) return chosen;
  if (source === undefined) return { kind: 'null' };
  const [from, to] = [typeOf(source), typeOf(target)];
  if (DataType.isNull(from)) return DataType.isNull(to) ? keep : { kind: 'null' };
  if (isList(from) && isList(to)) return listConversion(from, to, path, rules);
  if (DataType.isStruct(from) && DataType.isStruct(to)) return structConversion(from, to, path, rules);
  if (DataType.isMap(from) && DataType.isMap(to)) return mapConversion(from, to, path, rules);
  return sameType(from, to) ? keep : rules.leaf(from, to);
}

/** The same for two types. */
export function nestedConversion(source: DataType, target: DataType, leaf: LeafConversion): Conversion | undefined {
  return fieldConversion(new Field('', source, true), new Field('', target, true), '', { leaf });
}
