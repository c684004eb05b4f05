import { DateMillisecond, Field, Int32, Int64, Null, TimeUnit, Timestamp, Utf8, type DataType } from 'apache-arrow';
import { expect, it } from 'vitest';
import { agreeOnColumn } from './agree-on-column.ts';

/** The values of the lines for a column that each source has with another type. */
function linesOf(...types: readonly DataType[]) {
  const fields = types.map((type) => new Field('a', type, true));
  const agreed = agreeOnColumn(
    fields.map((field, source) => ({ source, index: 0, field, cast: field, feature: undefined })),
  );
  return agreed instanceof Field ? [] : agreed[0]!.lines.map(({ rule, value }) => [rule, value]);
}

const at = (zone: string | null, unit: TimeUnit) => new Timestamp(unit, zone);
const drop = ['drop', undefined];

it('lines for a zone have the finest unit of all sources, not of the two that are told of', () => {
  const { MICROSECOND, MILLISECOND, NANOSECOND } = TimeUnit;
  expect(linesOf(at('UTC', MILLISECOND), at(null, MICROSECOND), new Null(), at('UTC', NANOSECOND))).toEqual([
    ['cast', 'timestamp[ns, UTC]'],
    ['cast', 'timestamp[ns]'],
    drop,
  ]);
});

it('lines for types hold what all sources have', () => {
  expect(linesOf(new Int32(), new Utf8(), new Int64())).toEqual([['cast', 'string'], ['cast', 'int64'], drop]);
});

it('lines name types that can be stored, and none that some source has no way to', () => {
  expect(linesOf(new DateMillisecond(), new Utf8())).toEqual([['cast', 'string'], ['cast', 'date32'], drop]);
  expect(linesOf(new Int32(), new Utf8(), at(null, TimeUnit.SECOND))).toEqual([['cast', 'string'], drop]);
});
