import { Bool, Int16, Int32, Int64, Int8, LargeUtf8, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { numbers, valuesOf } from '../../test/convert/number-column.ts';
import { makeColumn } from '../column.ts';
import { convertColumn } from './convert-column.ts';
import { textColumn } from './convert-text.ts';

describe('convertColumn of labels and booleans', () => {
  it('takes labels for their names and back', () => {
    const names = ['cat', '', 'größe', 'cat'];
    const labels = numbers(new Int16(), Int16Array.of(2, -1, 0, 99, 1, 3), 0b110111);
    const texts = convertColumn(labels, 6, new LargeUtf8(), { kind: 'label-names', names });
    expect([String(texts.type), valuesOf(texts)]).toEqual(['LargeUtf8', ['größe', null, 'cat', null, '', 'cat']]);
    const back = convertColumn(texts, 6, new Int64(), { kind: 'label-numbers', names });
    expect(valuesOf(back)).toEqual(['2', null, '0', null, '1', '0']);
    const none = numbers(new Int8(), Int8Array.of(-1));
    expect(valuesOf(convertColumn(none, 1, new Utf8(), { kind: 'label-names', names: [] }))).toEqual([null]);
  });

  it('refuses numbers and texts that are no label, in the first row that has one', () => {
    const labels = numbers(new Int64(), BigInt64Array.of(0n, 2n ** 60n, 2n));
    expect(() => convertColumn(labels, 3, new Utf8(), { kind: 'label-names', names: ['a'] }, 'label')).toThrow(
      'column label, row 1: 1152921504606846976 cannot become string: it is not the number of one of the 1 labels',
    );
    const texts = textColumn(['a', 'A', 'b'], new Utf8());
    expect(() => convertColumn(texts, 3, new Int8(), { kind: 'label-numbers', names: ['a'] }, 'label')).toThrow(
      'column label, row 1: "A" cannot become int8: it is not the name of one of the 1 labels',
    );
    const long = textColumn(['x'.repeat(1000)], new Utf8());
    expect(() => convertColumn(long, 1, new Int8(), { kind: 'label-numbers', names: ['a'] }, 'label')).toThrow(
      `column label, row 0: "${'x'.repeat(59)}… cannot become int8: it is not`,
    );
    // Bytes that are no UTF-8 are not the name that a decoder would make of them.
    const broken = { ...texts, values: Uint8Array.of(0xff, 0x41, 0x62) };
    expect(() => convertColumn(broken, 3, new Int8(), { kind: 'label-numbers', names: ['\ufffd', 'A', 'b'] })).toThrow(
      'row 0',
    );
  });

  it('looks names up at a cost that does not grow with their number', () => {
    const names = Array.from({ length: 1_000_000 }, (_, index) => `label ${index}`);
    const texts = textColumn(names.slice(-1000), new Utf8());
    const conversion = { kind: 'label-numbers', names } as const;
    for (let batch = 0; batch < 100; batch++)
      expect(convertColumn(texts, 1000, new Int32(), conversion).values!.at(-4)).toBe(999_999 & 255);
  });

  it('takes booleans for 0 and 1 and back', () => {
    const bits = makeColumn({
      type: new Bool(),
      layout: { kind: 'bits' },
      length: 3,
      values: Uint8Array.of(0b10100),
      valuesOffset: 2,
      validity: Uint8Array.of(0b011),
    });
    const integers = convertColumn(bits, 3, new Int16(), { kind: 'number' });
    expect(valuesOf(integers)).toEqual(['1', '0', null]);
    expect(valuesOf(convertColumn(integers, 3, new Bool(), { kind: 'number' }))).toEqual([true, false, null]);
    const others = numbers(new Int16(), Int16Array.of(1, 256));
    expect(() => convertColumn(others, 2, new Bool(), { kind: 'number' }, 'flag')).toThrow(
      'column flag, row 1: 256 cannot become bool: it is neither 0 nor 1',
    );
  });
});
