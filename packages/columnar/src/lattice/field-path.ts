import { DataType, type Field } from 'apache-arrow';

/** A field below another one, with its place as recipes and messages spell it. */
export interface PlacedField {
  readonly field: Field;
  /** From the column's name downwards: `a.b` for a field of a struct, `a[]` for the elements of a list, `a[key]` and `a[value]` of a map. */
  readonly path: string;
}

/** What a path ends in, one level down. */
export const pathStep = {
  field: (name: string): string => `.${name}`,
  element: '[]',
  /** Of a map's entries: the key and the value. */
  entry: ['[key]', '[value]'],
} as const;

/** The fields directly below a type that stands at `path`. The entries of a map are not a level of their own. */
export function fieldsBelow(type: DataType, path: string): readonly PlacedField[] {
  const children = (type.children ?? []) as Field[];
  if (DataType.isStruct(type)) return children.map((field) => ({ field, path: path + pathStep.field(field.name) }));
  if (DataType.isMap(type)) {
    const entries = (children[0]!.type.children ?? []) as Field[];
    return entries.map((field, index) => ({ field, path: path + pathStep.entry[index === 0 ? 0 : 1] }));
  }
  return children.map((field) => ({ field, path: path + pathStep.element }));
}
