import { fieldsBelow, typeText, typeWithChildren, withoutTypeMetadata } from '@riffle/columnar';
import { DataType, Field, Map_, Struct } from 'apache-arrow';

/** Types that values are to have, by path. */
export type TypesByPath = ReadonlyMap<string, DataType>;

/** The field as if it had these types already. What stands at a path and below it is replaced; `used` gathers the paths that were found. */
export function castField(field: Field, path: string, types: TypesByPath, used: Set<string>): Field {
  const wanted = types.get(path);
  if (wanted !== undefined) used.add(path);
  const own = field.type as DataType;
  // A type that is the same but for the names of its elements is no change.
  const kept = wanted !== undefined && typeText(wanted) === typeText(own);
  const type = kept ? own : (wanted ?? castBelow(own, path, types, used));
  if (wanted === undefined && type === field.type) return field;
  // A UUID that is to be text is no UUID any more.
  const metadata = wanted === undefined ? field.metadata : withoutTypeMetadata(field.metadata);
  return new Field(field.name, type, field.nullable, metadata);
}

function castBelow(type: DataType, path: string, types: TypesByPath, used: Set<string>): DataType {
  const below = fieldsBelow(type, path);
  const cast = below.map((placed) => castField(placed.field, placed.path, types, used));
  if (cast.every((field, index) => field === below[index]!.field)) return type;
  if (!DataType.isMap(type)) return typeWithChildren(type, cast);
  const [entries] = type.children as unknown as [Field];
  return new Map_(new Field(entries.name, new Struct(cast), false) as never, type.keysSorted);
}
