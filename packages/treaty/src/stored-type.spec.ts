import { typeText } from '@riffle/columnar';
import { DateDay, DateMillisecond, Field, List, Schema, Struct, type DataType } from 'apache-arrow';
import { expect, it } from 'vitest';
import { convertTo } from './convert-to.ts';
import { makeTreaty } from './make-treaty.ts';

const field = (name: string, type: DataType) => new Field(name, type, true);
const nested = (type: DataType) => new List(field('item', new Struct([field('d', type)])));
const rules = { schema: 'widen', columns: {} } as const;
const sources = [
  [new DateDay(), nested(new DateMillisecond())],
  [new DateMillisecond(), nested(new DateMillisecond())],
].map((types, index) => ({
  collection: `c${index}`,
  schema: new Schema(types.map((type, at) => field(`f${at}`, type as DataType))),
  file: `c${index}/f`,
}));

it('dates are stored as the one type that Parquet has for them, at every depth; each value is checked', () => {
  const treaty = makeTreaty(sources, rules);
  expect(treaty.schema.fields.map(({ type }) => typeText(type as DataType))).toEqual([
    'date32',
    'list<struct<d: date32>>',
  ]);
  const [one, other] = treaty.columns[0]!.sources;
  expect(one).toMatchObject({ type: 'date32', conversion: 'kept', risk: 'none' });
  expect(other).toMatchObject({ type: 'date64', conversion: 'date64 to date32', risk: 'checked' });
  expect(treaty.columns[1]!.sources[0]).toMatchObject({ conversion: '[].d: date64 to date32', risk: 'checked' });
});

it('a source alone is converted to such a treaty', () => {
  const { schema, conversions, conversionOf } = makeTreaty(sources, rules);
  expect(convertTo(schema, sources[1]!, rules)).toEqual({ conversions: conversions[conversionOf[1]!] });
});
