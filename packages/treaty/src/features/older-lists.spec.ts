import { Field, Int32, Int64, List, Schema, Struct, type DataType } from 'apache-arrow';
import { expect, it } from 'vitest';
import { makeTreaty } from '../make-treaty.ts';

const field = (name: string, type: DataType) => new Field(name, type, true);
const list = (type: DataType) => new List(field('item', type));
const value = { dtype: 'int32', _type: 'Value' };

/** Columns, and what is declared of them. */
type Source = readonly [types: Readonly<Record<string, DataType>>, features?: object];

function featuresOf(...sources: readonly Source[]) {
  const read = sources.map(([types, features], index) => {
    const fields = Object.entries(types).map(([name, type]) => field(name, type));
    const metadata: [string, string][] =
      features === undefined ? [] : [['huggingface', JSON.stringify({ info: { features } })]];
    return { collection: `c${index}`, schema: new Schema(fields, new Map(metadata)), file: `c${index}/f` };
  });
  const { schema } = makeTreaty(read, { schema: 'widen', columns: {} });
  const text = schema.metadata.get('huggingface')!;
  return (JSON.parse(text) as { readonly info: { readonly features: unknown } }).info.features;
}

const types = { a: list(new Int32()), b: list(new Struct([field('x', new Int32())])) };
const newer = { a: { feature: value, _type: 'List' }, b: { feature: { x: value }, _type: 'List' } };
const older = { a: { feature: value, _type: 'Sequence' }, b: [{ x: value }] };

it('lists are spelled as datasets before 4 does if any source is of such a version, also those of other columns', () => {
  expect(featuresOf([types, newer], [types])).toEqual(newer);
  expect(featuresOf([types, older], [types, newer])).toEqual(older);
  expect(featuresOf([types, newer], [types, { a: older.a }])).toEqual(older);
  expect(featuresOf([types, newer], [types, { b: older.b }])).toEqual(older);
  expect(featuresOf([{ b: types.b }, { b: older.b }])).toEqual({ b: older.b });
});

it('and if no source spells any, since later versions read both', () => {
  const label = { names: ['no'], _type: 'ClassLabel' };
  const labels = { l: new Int64() };
  expect(featuresOf([{ ...types, ...labels }, { l: label }])).toEqual({ ...older, l: label });
});
