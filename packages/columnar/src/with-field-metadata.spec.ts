import { Field, Int32, List, Map_, Schema, Struct, Utf8 } from 'apache-arrow';
import { expect, test } from 'vitest';
import { withFieldMetadata } from './with-field-metadata.ts';

const entries = new Struct<never>([
  new Field('key', new Utf8(), false),
  new Field('value', new Int32()),
] as readonly Field[] as never);

const schema = new Schema(
  [
    new Field('a', new Struct([new Field('b', new List(new Field('item', new Int32(), false)), true)]), false),
    new Field('m', new Map_(new Field('entries', entries, false) as never) as never, true, new Map([['unit', 'm']])),
  ],
  new Map([['of', 'the schema']]),
);

test('leaves are counted in order, and everything else stays', () => {
  const asked: string[] = [];
  const changed = withFieldMetadata(schema, (field, leaf) => {
    asked.push(`${field.name} ${leaf}`);
    return leaf === undefined ? field.metadata : new Map([['leaf', String(leaf)]]);
  });
  expect(asked).toEqual([
    'item 0',
    'b undefined',
    'a undefined',
    'key 1',
    'value 2',
    'entries undefined',
    'm undefined',
  ]);
  expect(String(changed)).toBe(String(schema));
  expect(changed.metadata).toEqual(schema.metadata);
  const [a, m] = changed.fields as [Field<Struct>, Field<Map_>];
  const item = (a.type.children[0] as unknown as Field<List>).type.children[0]!;
  expect([[...item.metadata], item.nullable, a.nullable]).toEqual([[['leaf', '0']], false, false]);
  expect([...m.metadata]).toEqual([['unit', 'm']]);
  const entries = m.type.children[0]!.type.children as Field[];
  expect(entries.map(({ metadata }) => metadata.get('leaf'))).toEqual(['1', '2']);
});

test('a schema in which nothing changes is the same object', () => {
  expect(withFieldMetadata(schema, ({ metadata }) => metadata)).toBe(schema);
});
