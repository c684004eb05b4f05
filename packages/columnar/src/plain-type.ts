import { Binary, DataType, Field, FixedSizeList, LargeList, List, Map_, Struct, Utf8 } from 'apache-arrow';

const known = new WeakMap<DataType, DataType>();

/** The type that a column has once dictionaries and views, at any depth, are resolved to their values. Found once for a type object. */
export function plainType(type: DataType): DataType {
  let plain = known.get(type);
  if (plain === undefined) known.set(type, (plain = findPlainType(type)));
  return plain;
}

function findPlainType(type: DataType): DataType {
  if (DataType.isDictionary(type)) return plainType(type.dictionary as DataType);
  if (DataType.isUtf8View(type)) return new Utf8();
  if (DataType.isBinaryView(type)) return new Binary();
  const fields = (type.children ?? []) as Field[];
  const plain = fields.map(plainField);
  return plain.every((field, index) => field === fields[index]) ? type : typeWithChildren(type, plain);
}

/** The field with its {@link plainType}; the same object if it is plain already. */
export function plainField(field: Field): Field {
  const type = plainType(field.type as DataType);
  return type === field.type ? field : new Field(field.name, type, field.nullable, field.metadata);
}

/** The same nested type around other fields; a type without children is returned as it is. */
export function typeWithChildren(type: DataType, fields: Field[]): DataType {
  if (DataType.isStruct(type)) return new Struct(fields);
  if (DataType.isList(type)) return new List(fields[0]!);
  if (DataType.isLargeList(type)) return new LargeList(fields[0]!);
  if (DataType.isFixedSizeList(type)) return new FixedSizeList(type.listSize, fields[0]!);
  if (DataType.isMap(type)) return new Map_(fields[0] as never, type.keysSorted);
  return type;
}
