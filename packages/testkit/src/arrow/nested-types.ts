import { Field, FixedSizeList, Int32, LargeList, List, Map_, Struct, Utf8, type DataType } from 'apache-arrow';

/** The kinds of nesting, each around one given type; `nullable` is about the inner values. Map keys are text. */
export const nestedTypes: Readonly<Record<string, (inner: DataType, nullable: boolean) => DataType>> = {
  list: (inner, nullable) => new List(new Field('item', inner, nullable)),
  large_list: (inner, nullable) => new LargeList(new Field('item', inner, nullable)),
  fixed_size_list: (inner, nullable) => new FixedSizeList(3, new Field('item', inner, nullable)),
  struct: (inner, nullable) =>
    new Struct([new Field('number', new Int32(), false), new Field('inner', inner, nullable)]),
  map: (inner, nullable) =>
    new Map_(
      new Field(
        'entries',
        new Struct<{ key: DataType; value: DataType }>([
          new Field('key', new Utf8(), false),
          new Field('value', inner, nullable),
        ]),
        false,
      ),
    ),
};
