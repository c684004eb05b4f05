import { isBadContent } from '@riffle/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryOf, fieldsOf, integerOf, itemsOf, readFields, textOf, thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, listPart, structBytes, structPart, textPart } from './thrift-writer.ts';

const { int32, int64, struct } = thriftType;

describe('what was written is read', () => {
  it('integers up to 2^52', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }), fc.integer({ min: 1, max: 3000 }), (value, id) => {
        const bytes = structBytes([integerPart(id, int64, value)]);
        expect(integerOf(bytes, readFields(bytes, 0).fields.get(id))).toBe(value);
      }),
    );
  });

  it('text, lists and structs, in the order of field numbers', () => {
    const items = Array.from({ length: 20 }, (_, index) => structBytes([integerPart(2, int32, index)]));
    const bytes = structBytes([
      listPart(40, struct, items),
      textPart(3, 'grüße'),
      structPart(7, [integerPart(1, int32, -5)]),
    ]);
    const { fields, end } = readFields(bytes, 0);
    expect(end).toBe(bytes.length);
    expect([...fields.keys()]).toEqual([3, 7, 40]);
    expect(textOf(bytes, fields.get(3))).toBe('grüße');
    expect(integerOf(bytes, fieldsOf(bytes, fields.get(7)).get(1))).toBe(-5);
    expect(itemsOf(bytes, fields.get(40)).map((item) => integerOf(bytes, fieldsOf(bytes, item).get(2)))).toEqual(
      items.map((_, index) => index),
    );
  });

  it('copied fields stay what they were, also of types that nothing here writes', () => {
    // Field 1: int16 7, field 2: double, field 3: set of one byte, field 5: true, field 6: uuid.
    const bytes = Uint8Array.of(
      0x14,
      14,
      0x17,
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      0x1a,
      0x13,
      9,
      0x21,
      0x1d,
      ...new Array<number>(16).fill(3),
      0,
    );
    const { fields } = readFields(bytes, 0);
    expect([...fields.keys()]).toEqual([1, 2, 3, 5, 6]);
    expect([...structBytes(copiedParts(bytes, fields, [6, 5, 3, 2, 1]))]).toEqual([...bytes]);
  });

  it('absent fields are undefined or empty', () => {
    const bytes = structBytes([]);
    const { fields } = readFields(bytes, 0);
    expect([integerOf(bytes, fields.get(1)), textOf(bytes, fields.get(1)), itemsOf(bytes, fields.get(1))]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });
});

describe('hostile bytes', () => {
  it('are refused or read, quickly, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          const { fields, end } = readFields(bytes, 0);
          expect(end).toBeLessThanOrEqual(bytes.length);
          for (const value of fields.values()) expect(value.end).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(isBadContent(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a list of 2^34 items', [0x19, 0xfc, 0x80, 0x80, 0x80, 0x80, 0x40]],
    ['a text of 2^34 bytes', [0x18, 0x80, 0x80, 0x80, 0x80, 0x40]],
    ['a number without end', [0x16, ...new Array<number>(20).fill(0xff)]],
    ['structs without end', new Array<number>(100_000).fill(0x1c)],
    ['lists of lists without end', [0x19, ...new Array<number>(100_000).fill(0x19)]],
    ['a map', [0x1b, 1]],
    ['no end', [0x15, 2]],
  ])('%s', (_, bytes) => {
    expect(() => readFields(Uint8Array.from(bytes), 0)).toThrow('metadata is damaged');
  });

  it('a number that does not fit', () => {
    const bytes = structBytes([integerPart(1, int64, 2 ** 52), integerPart(2, int64, -(2 ** 53))]);
    const { fields } = readFields(bytes, 0);
    expect(() => integerOf(bytes, fields.get(1))).toThrow('metadata is damaged');
    expect(() => integerOf(bytes, fields.get(2))).toThrow('metadata is damaged');
  });

  it('a value of another type than asked for', () => {
    const bytes = structBytes([textPart(1, 'text'), integerPart(2, int32, 1)]);
    const { fields } = readFields(bytes, 0);
    expect(() => integerOf(bytes, fields.get(1))).toThrow('metadata is damaged');
    expect(() => binaryOf(bytes, fields.get(2))).toThrow('metadata is damaged');
    expect(() => itemsOf(bytes, fields.get(2))).toThrow('metadata is damaged');
    expect(() => fieldsOf(bytes, fields.get(2))).toThrow('metadata is damaged');
  });
});
