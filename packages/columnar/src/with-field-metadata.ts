import { Field, Schema, type DataType } from 'apache-arrow';
import { typeWithChildren } from './plain-type.ts';

/**
 * The schema with other metadata of fields, at every depth. `metadataOf` is asked for each field, children first; `leaf` counts the
 * fields without children from 0, depth first, and is undefined for those with. Fields for which it returns their own map stay the same objects.
 */
export function withFieldMetadata(
  schema: Schema,
  metadataOf: (field: Field, leaf: number | undefined) => Map<string, string>,
): Schema {
  let leaves = 0;
  const change = (field: Field): Field => {
    const type = field.type as DataType;
    const children = (type.children ?? []) as Field[];
    const leaf = children.length === 0 ? leaves++ : undefined;
    const changed = children.map(change);
    const metadata = metadataOf(field, leaf);
    const sameChildren = changed.every((child, index) => child === children[index]);
    if (sameChildren && metadata === field.metadata) return field;
    return new Field(field.name, sameChildren ? type : typeWithChildren(type, changed), field.nullable, metadata);
  };
  const fields = schema.fields.map(change);
  return fields.every((field, index) => field === schema.fields[index]) ? schema : new Schema(fields, schema.metadata);
}
