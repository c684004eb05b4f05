import {
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float32,
  Float64,
  LargeUtf8,
  Null,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { agreeOnFields } from './agree-on-fields.ts';
import { typeLabel, withoutTypeMetadata } from './type-metadata.ts';

const NAME = 'ARROW:extension:name';
const PARAMETERS = 'ARROW:extension:metadata';
const LABEL = 'PARQUET:logical_type';
const field = (type: DataType, metadata: Readonly<Record<string, string>>) =>
  new Field('c', type, true, new Map(Object.entries(metadata)));

function agreed(one: Field, other: Field): Record<string, string> {
  const found = [agreeOnFields(one, other), agreeOnFields(other, one)].map((each) =>
    Object.fromEntries((each as Field).metadata),
  );
  expect(found[0]).toEqual(found[1]);
  return found[0]!;
}

describe('metadata of a field on which two agree', () => {
  it('is what both have', () => {
    expect(agreed(field(new Utf8(), { a: '1', b: '2' }), field(new LargeUtf8(), { a: '1', b: '3', c: '4' }))).toEqual({
      a: '1',
    });
  });

  it('has an extension type only as a whole', () => {
    const uuid = { [NAME]: 'arrow.uuid', [PARAMETERS]: '', [LABEL]: 'UUID' };
    expect(agreed(field(new FixedSizeBinary(16), uuid), field(new FixedSizeBinary(16), uuid))).toEqual(uuid);
    expect(agreed(field(new FixedSizeBinary(16), uuid), field(new FixedSizeBinary(16), { [LABEL]: 'UUID' }))).toEqual({
      [LABEL]: 'UUID',
    });
    const geo = (crs: string) => field(new Utf8(), { [NAME]: 'geoarrow.wkt', [PARAMETERS]: crs });
    expect(agreed(geo('one'), geo('other'))).toEqual({});
  });

  it('has no extension type where values are widened, and keeps a logical type', () => {
    const tensor = (type: DataType) =>
      field(new FixedSizeList(4, new Field('item', type, true)), {
        [NAME]: 'arrow.fixed_shape_tensor',
        [PARAMETERS]: '{"shape":[2,2]}',
        unit: 'm',
      });
    expect(agreed(tensor(new Float32()), tensor(new Float64()))).toEqual({ unit: 'm' });
    const json = (type: DataType) => field(type, { [NAME]: 'arrow.json', [PARAMETERS]: '', [LABEL]: 'JSON' });
    expect(agreed(json(new Utf8()), json(new LargeUtf8()))).toEqual({ [LABEL]: 'JSON' });
  });

  it('is that of the other where one has only nulls', () => {
    expect(agreed(field(new Utf8(), { [LABEL]: 'JSON' }), field(new Null(), { a: '1' }))).toEqual({ [LABEL]: 'JSON' });
  });
});

it('people are told the logical type, or the extension type with its parameters', () => {
  const told = (metadata: Readonly<Record<string, string>>) => typeLabel(field(new Utf8(), metadata));
  expect([
    told({ unit: 'm' }),
    told({ [NAME]: 'arrow.json', [PARAMETERS]: '' }),
    told({ [NAME]: 'geoarrow.wkt', [PARAMETERS]: '{"crs":"x"}' }),
    told({ [NAME]: 'arrow.json', [LABEL]: 'JSON' }),
  ]).toEqual([undefined, 'arrow.json', 'geoarrow.wkt {"crs":"x"}', 'JSON']);
});

it('nothing of either is left of values that are taken for something else', () => {
  expect([
    ...withoutTypeMetadata(
      new Map([
        [NAME, 'a'],
        [PARAMETERS, 'b'],
        [LABEL, 'c'],
        ['unit', 'm'],
      ]),
    ),
  ]).toEqual([['unit', 'm']]);
});
