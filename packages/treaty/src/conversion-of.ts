import { castTo, fieldsBelow, type Conversion } from '@riffle/columnar';
import { DataType, type Field } from 'apache-arrow';

/** Decides the conversion at a path by other means than types: labels that are renumbered, a default for what is missing. */
export type Choose = (path: string, source: Field | undefined) => Conversion | undefined;

const typeOf = (field: Field) => field.type as DataType;
const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
const keep: Conversion = { kind: 'keep' };

/** Whether what holds these values can be kept as a whole: nothing is laid out anew, no value looked at. */
function isKeptUnseen(source: Field | undefined, target: Field, { kind }: Conversion): boolean {
  if (kind !== 'keep' || source === undefined) return false;
  return !DataType.isFixedSizeBinary(target.type) || DataType.isFixedSizeBinary(source.type);
}

/** Whether lists are laid out alike: each with any number of elements, or all with the same. */
function isSameSize(source: DataType, target: DataType): boolean {
  const sizes = [source, target].map((type) => (DataType.isFixedSizeList(type) ? type.listSize : undefined));
  return sizes[0] === sizes[1];
}

/** Each field of the target from the source's next field of its name. There may be very many. */
function fromStruct(source: DataType, target: DataType, path: string, choose: Choose): Conversion | undefined {
  const have = fieldsBelow(source, path);
  const places = new Map<string, number[]>();
  for (const [index, { field }] of [...have.entries()].reverse()) {
    const same = places.get(field.name);
    if (same === undefined) places.set(field.name, [index]);
    else same.push(index);
  }
  const fields: { readonly source: number | undefined; readonly conversion: Conversion }[] = [];
  const wanted = fieldsBelow(target, path);
  let isKept = have.length === wanted.length;
  for (const [index, { field, path: below }] of wanted.entries()) {
    const at = places.get(field.name)?.pop();
    const from = at === undefined ? undefined : have[at]!.field;
    const conversion = conversionOf(from, field, below, choose);
    if (conversion === undefined) return undefined;
    isKept &&= at === index && isKeptUnseen(from, field, conversion);
    fields.push({ source: at, conversion });
  }
  return isKept ? keep : { kind: 'struct', fields };
}

/** How the source's values become the target's, at every level; undefined if there is no way. */
export function conversionOf(
  source: Field | undefined,
  target: Field,
  path: string,
  choose: Choose,
): Conversion | undefined {
  const chosen = choose(path, source);
  if (chosen !== undefined) return chosen;
  if (source === undefined) return { kind: 'null' };
  const [from, to] = [typeOf(source), typeOf(target)];
  if (DataType.isStruct(from) && DataType.isStruct(to)) return fromStruct(from, to, path, choose);
  if (isList(from) && isList(to)) {
    const [own, wanted] = [fieldsBelow(from, path)[0]!, fieldsBelow(to, path)[0]!];
    const element = conversionOf(own.field, wanted.field, wanted.path, choose);
    if (element === undefined) return undefined;
    return isSameSize(from, to) && isKeptUnseen(own.field, wanted.field, element) ? keep : { kind: 'list', element };
  }
  if (DataType.isMap(from) && DataType.isMap(to)) {
    const own = fieldsBelow(from, path);
    const wanted = fieldsBelow(to, path);
    const [key, value] = wanted.map(({ field, path: below }, index) =>
      conversionOf(own[index]!.field, field, below, choose),
    );
    if (key === undefined || value === undefined) return undefined;
    const isKept = [key, value].every((entry, index) => isKeptUnseen(own[index]!.field, wanted[index]!.field, entry));
    return isKept ? keep : { kind: 'map', key, value };
  }
  return castTo(from, to);
}
