import { leafTypes, seededRandom } from '@riffle/testkit';
import {
  Bool,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int32,
  Int64,
  Int8,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { isBadContent } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { edgeValues } from '../../test/convert/edge-values.ts';
import { bytesOf, logicalOf, logicalText } from '../../test/convert/logical-values.ts';
import { encodeValues } from '../../test/encode-values.ts';
import { valueAt } from '../../test/value-tree.ts';
import { columnFromData } from '../column-from-data.ts';
import type { Column } from '../column.ts';
import { dataFromColumn } from '../data-from-column.ts';
import { convertColumn } from './convert-column.ts';

describe('text', () => {
  it('of many rows, some of them null and some longer than most, stands where it belongs', () => {
    const type = new Int64();
    const long = -1_234_567_890_123_456_789n;
    const values = Array.from({ length: 5000 }, (_, row) =>
      row % 7 === 0 ? null : row < 100 ? 1n : long + BigInt(row),
    );
    const source = columnFromData(vectorFromArray(values, type).data[0]!);
    const text = dataFromColumn(convertColumn(source, values.length, new Utf8(), { kind: 'text' }));
    const shown = values.map((_, row) => valueAt(text, row) as Uint8Array | null);
    expect(shown.map((bytes) => bytes && new TextDecoder().decode(bytes))).toEqual(
      values.map((value) => (value === null ? null : String(value))),
    );
  });

  it.each(Object.entries(leafTypes).filter(([name]) => /^(u?int|float|bool|decimal|date|time)/.test(name)))(
    'that is printed from %s is read back as the same value',
    (_, make) => {
      const type = make();
      for (const value of edgeValues(type)) {
        const source = columnFromData(encodeValues(type, [bytesOf(type, value), null], seededRandom(1)));
        const text = printedOrNothing(source);
        if (text === undefined) continue;
        const back = dataFromColumn(convertColumn(text, 2, type, { kind: 'text' }));
        expect([0, 1].map((row) => logicalText(logicalOf(type, valueAt(back, row))))).toEqual([
          logicalText(value),
          'null',
        ]);
      }
    },
  );

  it.each<[DataType, string]>([
    [new Int32(), '1.0'],
    [new Int32(), ' 1'],
    [new Int8(), '128'],
    [new Float64(), '0x10'],
    [new Float64(), '1e999'],
    [new Float32(), '1e39'],
    [new Bool(), 'yes'],
    [new DateDay(), '2023-02-29'],
    [new TimestampMicrosecond(), '2024-01-01T00:00:00Z'],
    [new TimestampMicrosecond('UTC'), '2024-01-01T00:00:00'],
    [new TimestampMicrosecond('UTC'), '2024-01-01T25:00:00Z'],
    [new TimestampMicrosecond(), '2024-01-01T00:00:00.0000001'],
    [new Decimal(2, 9, 128), '1.234'],
    [new Decimal(2, 9, 128), '.'],
    [new Decimal(2, 9, 128), '12345678'],
  ])('that is no %s is refused: %s', (type, text) => {
    const source = columnFromData(encodeValues(new Utf8(), [bytesOf(new Utf8(), text)], seededRandom(1)));
    expect(() => convertColumn(source, 1, type, { kind: 'text' })).toThrow(`${JSON.stringify(text)} cannot become`);
  });
});

function printedOrNothing(source: Column): Column | undefined {
  try {
    return convertColumn(source, 2, new Utf8(), { kind: 'text' });
  } catch (error) {
    if (isBadContent(error)) return undefined;
    throw error;
  }
}
