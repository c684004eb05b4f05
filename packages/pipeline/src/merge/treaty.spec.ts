import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import type { Survey } from '@riffle/core';
import { Dictionary, Field, Int32, Schema, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeTreaty } from './treaty.ts';

type Column = readonly [name: string, type: DataType, nullable?: boolean];
const schemaOf = (columns: readonly Column[], metadata: Readonly<Record<string, string>> = {}) =>
  new Schema(
    columns.map(([name, type, nullable = true]) => new Field(name, type, nullable)),
    new Map(Object.entries(metadata)),
  );

/** A survey of one collection in which file `n` has schema `n`. */
function surveyOf(...schemas: readonly Schema[]): Survey {
  const shards = schemas.map((_, schema) => {
    const file = { path: `${schema}/f`, location: '', size: 1, reader: 0, rows: 1, fragments: [], schema, columns: [] };
    return { path: String(schema), rows: 1, files: [file] };
  });
  const collection = {
    name: 'c',
    path: 'c',
    location: 'c',
    shards,
    lost: [],
    rows: schemas.length,
    expected: schemas.length,
    ignored: 0,
  };
  return { collections: [collection], schemas: schemas.map(schemaToBytes), readers: [], rows: schemas.length };
}
const columnsOf = (treaty: Uint8Array) =>
  schemaFromBytes(treaty).fields.map(
    (field) => `${field.name} ${String(field.type)}${field.nullable ? '' : ' not null'}`,
  );

describe('makeTreaty', () => {
  it('takes the columns in the order of the first file and says where each schema has them', () => {
    const { schema, orders } = makeTreaty(
      surveyOf(
        schemaOf([
          ['a', new Int32()],
          ['b', new Utf8()],
        ]),
        schemaOf([
          ['b', new Utf8()],
          ['a', new Int32()],
        ]),
      ),
    );
    expect(columnsOf(schema)).toEqual(['a Int32', 'b Utf8']);
    expect(orders).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('pairs columns of one name in their order', () => {
    const { orders } = makeTreaty(
      surveyOf(
        schemaOf([
          ['a', new Int32()],
          ['a', new Utf8()],
        ]),
        schemaOf([
          ['a', new Int32()],
          ['a', new Utf8()],
        ]),
      ),
    );
    expect(orders).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('resolves dictionaries and is nullable where any is', () => {
    const { schema } = makeTreaty(
      surveyOf(schemaOf([['a', new Dictionary(new Utf8(), new Int32()), false]]), schemaOf([['a', new Utf8(), true]])),
    );
    expect(columnsOf(schema)).toEqual(['a Utf8']);
  });

  it('keeps metadata where all agree, and never that of one file', () => {
    const metadata = { huggingface: '{}', 'ARROW:schema': 'x', by: 'one' };
    const { schema } = makeTreaty(
      surveyOf(
        schemaOf([['a', new Int32()]], metadata),
        schemaOf([['a', new Int32()]], { ...metadata, by: 'two', more: '1' }),
      ),
    );
    expect(Object.fromEntries(schemaFromBytes(schema).metadata)).toEqual({ huggingface: '{}' });
  });

  it('takes JSON metadata as the same whatever the order of its keys, and says what it leaves out', () => {
    const one = { huggingface: '{"info":{"features":{"a":1,"b":2}}}', by: 'one' };
    const other = { huggingface: '{"info":{"features":{"b":2,"a":1}}}', more: '1' };
    const { schema, warnings } = makeTreaty(
      surveyOf(schemaOf([['a', new Int32()]], one), schemaOf([['a', new Int32()]], other)),
    );
    expect(Object.fromEntries(schemaFromBytes(schema).metadata)).toEqual({ huggingface: one.huggingface });
    expect(warnings).toEqual([
      expect.stringContaining('"by" is left out'),
      expect.stringContaining('"more" is left out'),
    ]);
  });

  it('keeps what pandas says of columns, though each file counts its rows by a range of its own', () => {
    const frame = (...indexes: unknown[]) => ({ pandas: JSON.stringify({ index_columns: indexes, columns: ['a'] }) });
    const range = (stop: number) => frame({ kind: 'range', name: null, start: 0, stop, step: 1 });
    const { schema, warnings } = makeTreaty(
      surveyOf(schemaOf([['a', new Int32()]], range(5)), schemaOf([['a', new Int32()]], range(7))),
    );
    expect(Object.fromEntries(schemaFromBytes(schema).metadata)).toEqual(frame());
    expect(warnings).toEqual([]);
  });

  it('has no order for a schema that no file uses', () => {
    const survey = surveyOf(schemaOf([['a', new Int32()]]));
    expect(
      makeTreaty({ ...survey, schemas: [...survey.schemas, schemaToBytes(schemaOf([['z', new Utf8()]]))] }).orders,
    ).toEqual([[0], undefined]);
  });

  it('is refused where two files differ, naming both', () => {
    const conflict = (one: Schema, other: Schema) => () => makeTreaty(surveyOf(one, one, other));
    const base = schemaOf([['a', new Int32()]]);
    expect(conflict(base, schemaOf([['a', new Utf8()]]))).toThrow(
      /^Column a is Int32 in c\/0\/f and Utf8 in c\/2\/f\. .*\.$/,
    );
    expect(conflict(base, schemaOf([['b', new Int32()]]))).toThrow(
      /^Column a is Int32 in c\/0\/f and absent in c\/2\/f/,
    );
    expect(
      conflict(
        base,
        schemaOf([
          ['a', new Int32()],
          ['a', new Int32()],
        ]),
      ),
    ).toThrow(/^Column a is absent in c\/0\/f and Int32 in c\/2\/f/);
  });
});
