import { castColumn } from '@riffle/columnar';
import { Binary, Field, Int64, LargeBinary, LargeUtf8, Struct, Utf8, type DataType } from 'apache-arrow';
import { expect, it } from 'vitest';
import { describeConversion } from './describe-conversion.ts';

const field = (name: string, type: DataType) => new Field(name, type, true);
const struct = (...fields: readonly Field[]) => field('a', new Struct([...fields]));
const described = (source: Field, target: Field) =>
  describeConversion(
    source,
    target,
    castColumn(source, target, 'a', () => undefined)!,
  );

it('offsets of another size are no change of meaning, whatever the order of fields', () => {
  const small = struct(field('bytes', new Binary()), field('path', new Utf8()));
  const large = [field('bytes', new LargeBinary()), field('path', new LargeUtf8())];
  for (const source of [struct(...large), struct(...large.toReversed())])
    expect([described(source, small).risk, described(small, source).risk]).toEqual(['none', 'none']);
});

it('labels are renumbered only if a number changes', () => {
  const text = (map: readonly number[]) =>
    describeConversion(field('a', new Int64()), field('a', new Int64()), { kind: 'labels', map }).text;
  expect([text([0, 1]), text([1, 0])]).toEqual(['numbers taken for labels', 'labels renumbered']);
});
