import { DataType, type Field, type Map_ } from 'apache-arrow';
import { typeName } from './type-name.ts';

/** How deep types may nest in text: deeper ones are neither read nor printed. Parquet files go no deeper in practice. */
export const deepestType = 100;

/** Letters and digits of any script, and what names often have between them. All else is quoted. */
const bareName = /^[\p{L}\p{N}_.@$+/-]+$/u;

/** A field's name as {@link typeText} writes it: quoted as a JSON string where it is not made of letters, digits and `_ . @ $ + / -`. */
function fieldNameText(name: string): string {
  return bareName.test(name) ? name : JSON.stringify(name);
}

const childTypes = (type: DataType, depth: number) =>
  ((type.children ?? []) as Field[]).map((field) => textAt(field.type as DataType, depth + 1));

function structText(type: DataType, depth: number): string {
  const texts = childTypes(type, depth);
  const fields = (type.children as Field[]).map(({ name }, index) => `${fieldNameText(name)}: ${texts[index]}`);
  return `struct<${fields.join(', ')}>`;
}

function textAt(type: DataType, depth: number): string {
  if (depth > deepestType) return '…';
  if (DataType.isDictionary(type)) {
    const [index, value] = [type.indices as DataType, type.dictionary as DataType];
    return `dictionary<${textAt(index, depth + 1)}, ${textAt(value, depth + 1)}>`;
  }
  if (DataType.isStruct(type)) return structText(type, depth);
  if (DataType.isMap(type)) return `map<${childTypes((type as Map_).children[0]!.type, depth).join(', ')}>`;
  if (DataType.isFixedSizeList(type)) return `fixed_size_list<${childTypes(type, depth)[0]}, ${type.listSize}>`;
  if (DataType.isList(type) || DataType.isLargeList(type)) return `${typeName(type)}<${childTypes(type, depth)[0]}>`;
  return typeName(type);
}

/**
 * A type as people write it in a recipe: `int64`, `list<string>`, `fixed_size_list<float32, 3>`, `struct<a: int32, "b c": list<string>>`,
 * `map<string, int64>`, `timestamp[us, UTC]`. pyarrow's spelling, except that floats say their width and that the names of list elements,
 * nullability and metadata are left out. {@link parseType} reads it back, but for dictionaries and views, which are no types of the output,
 * intervals and unions. Where types nest deeper than 100 levels stands `…`.
 */
export function typeText(type: DataType): string {
  return textAt(type, 0);
}
