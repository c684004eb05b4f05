import { castTo, fieldsBelow, type Conversion } from '@riffle/columnar';
import { DataType, type Field } from 'apache-arrow';

/** Decides the conversion at a path by other means than types: labels that are renumbered, a default for what is missing. */
export type Choose = (path: string, source: Field | undefined) => Conversion | undefined;

const typeOf = (field: Field) => field.type as DataType;
const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
const keep: Conversion = { kind: 'keep' };

/** Each field of the target from the source's next field of its name. */
function fromStruct(source: DataType, target: DataType, path: string, choose: Choose): Conversion | undefined {
  const used = new Set<number>();
  const have = fieldsBelow(source, path);
  const fields: { readonly source: number | undefined; readonly conversion: Conversion }[] = [];
  for (const { field, path: below } of fieldsBelow(target, path)) {
    const found = have.findIndex(({ field: { name } }, index) => name === field.name && !used.has(index));
    const at = found < 0 ? undefined : found;
    if (at !== undefined) used.add(at);
    const conversion = conversionOf(at === undefined ? undefined : have[at]!.field, field, below, choose);
    if (conversion === undefined) return undefined;
    fields.push({ source: at, conversion });
  }
  const same = fields.length === have.length && fields.every((field, index) => field.source === index);
  return same && fields.every(({ conversion }) => conversion.kind === 'keep') ? keep : { kind: 'struct', fields };
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
  const below = () =>
    fieldsBelow(to, path).map((placed, index) =>
      conversionOf(fieldsBelow(from, path)[index]?.field, placed.field, placed.path, choose),
    );
  if (isList(from) && isList(to)) {
    const [element] = below();
    if (element === undefined) return undefined;
    const fixed = DataType.isFixedSizeList(from) !== DataType.isFixedSizeList(to);
    return element.kind === 'keep' && !fixed ? keep : { kind: 'list', element };
  }
  if (DataType.isMap(from) && DataType.isMap(to)) {
    const [key, value] = below();
    if (key === undefined || value === undefined) return undefined;
    return key.kind === 'keep' && value.kind === 'keep' ? keep : { kind: 'map', key, value };
  }
  return castTo(from, to);
}
