import { leafTypes } from '@riffle/testkit';
import { Field } from 'apache-arrow';
import type { DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { plainField } from '../plain-type.ts';
import { parseType } from '../types/parse-type.ts';
import { agreeOnFields } from './agree-on-fields.ts';
import { castTo } from './cast-to.ts';
import { conversionTo } from './conversion-to.ts';

const type = (text: string) => parseType(text) as DataType;
const cast = (from: string, to: string) => castTo(type(from), type(to));

describe('castTo', () => {
  it('does all that conversionTo does', () => {
    const field = (make: () => DataType) => plainField(new Field('c', make(), true));
    for (const one of Object.values(leafTypes).map(field))
      for (const other of Object.values(leafTypes).map(field)) {
        const agreed = agreeOnFields(one, other);
        if (!(agreed instanceof Field)) continue;
        expect(castTo(one.type as DataType, agreed.type as DataType)).toEqual(
          conversionTo(one.type as DataType, agreed.type as DataType),
        );
      }
  });

  it.each<[string, string, unknown]>([
    ['string', 'int32', { kind: 'text' }],
    ['timestamp[us]', 'large_string', { kind: 'text' }],
    ['string', 'fixed_size_binary(4)', { kind: 'text' }],
    ['binary', 'string', { kind: 'text' }],
    ['float64', 'int8', { kind: 'number' }],
    ['bool', 'int8', { kind: 'number' }],
    ['int8', 'bool', { kind: 'number' }],
    ['decimal128(9, 2)', 'decimal128(5, 0)', { kind: 'decimal' }],
    ['decimal128(9, 2)', 'float64', { kind: 'decimal' }],
    ['float32', 'decimal128(9, 2)', { kind: 'decimal' }],
    ['timestamp[us]', 'timestamp[us, UTC]', { kind: 'time' }],
    ['timestamp[ns, UTC]', 'timestamp[s, Europe/Berlin]', { kind: 'time' }],
    ['binary', 'fixed_size_binary(16)', { kind: 'keep' }],
    ['list<int32>', 'fixed_size_list<int32, 2>', { kind: 'list', element: { kind: 'keep' } }],
    ['fixed_size_list<int32, 3>', 'fixed_size_list<int32, 2>', { kind: 'list', element: { kind: 'keep' } }],
    // Kept as a whole, nobody would look at the lengths.
    ['list<binary>', 'list<fixed_size_binary(2)>', { kind: 'list', element: { kind: 'keep' } }],
    [
      'struct<a: binary>',
      'struct<a: fixed_size_binary(2)>',
      { kind: 'struct', fields: [{ source: 0, conversion: { kind: 'keep' } }] },
    ],
    [
      'struct<a: int32, b: int32>',
      'struct<a: int32>',
      { kind: 'struct', fields: [{ source: 0, conversion: { kind: 'keep' } }] },
    ],
    [
      'map<string, list<string>>',
      'map<string, list<int64>>',
      { kind: 'map', key: { kind: 'keep' }, value: { kind: 'list', element: { kind: 'text' } } },
    ],
    ['null', 'struct<a: int8>', { kind: 'null' }],
  ])('from %s to %s', (from, to, conversion) => {
    expect(cast(from, to)).toEqual(conversion);
  });

  it.each<[string, string]>([
    ['int64', 'timestamp[us]'],
    ['date32', 'timestamp[us]'],
    ['duration[s]', 'string'],
    ['bool', 'float32'],
    ['list<int32>', 'int32'],
    ['struct<a: int32>', 'string'],
    ['fixed_size_binary(2)', 'fixed_size_binary(4)'],
    ['list<struct<a: int64>>', 'list<struct<a: timestamp[s]>>'],
    ['int64', 'null'],
  ])('has no way from %s to %s', (from, to) => {
    expect(cast(from, to)).toBeUndefined();
  });

  it('pairs a hundred thousand fields in no time, repeated names in their order, and so does the agreement', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `f${index % 50_000}`);
    const struct = (texts: readonly string[]) => type(`struct<${texts.map((name) => `${name}: int32`).join(', ')}>`);
    const [there, back] = [struct(names), struct(names.toReversed())];
    expect(castTo(there, there)).toEqual({ kind: 'keep' });
    const agreed = agreeOnFields(new Field('c', there, true), new Field('c', back, true)) as Field;
    expect(agreed.type.children).toHaveLength(100_000);
  });
});
