import {
  Binary,
  DataType,
  Field,
  FixedSizeList,
  LargeBinary,
  LargeList,
  List,
  Map_,
  Schema,
  Struct,
} from 'apache-arrow';

function typeWithoutText(type: DataType): DataType {
  const children = (): Field[] => (type.children as Field[]).map(fieldWithoutText);
  if (DataType.isUtf8(type)) return new Binary();
  if (DataType.isLargeUtf8(type)) return new LargeBinary();
  if (DataType.isStruct(type)) return new Struct(children());
  if (DataType.isList(type)) return new List(children()[0]!);
  if (DataType.isLargeList(type)) return new LargeList(children()[0]!);
  if (DataType.isFixedSizeList(type)) return new FixedSizeList((type as FixedSizeList).listSize, children()[0]!);
  if (DataType.isMap(type)) return new Map_(children()[0] as never, (type as Map_).keysSorted);
  return type;
}

function fieldWithoutText(field: Field): Field {
  return new Field(field.name, typeWithoutText(field.type as DataType), field.nullable);
}

/**
 * The schema with byte strings in place of texts, for data that is handed to the codec to be encoded. It stores both alike, but validates texts value by value once more, where
 * Node does it at 65 GB/s (ASCII, in cache): see `check-text.ts`.
 */
export function withoutText(schema: Schema): Schema {
  return new Schema(schema.fields.map(fieldWithoutText));
}
