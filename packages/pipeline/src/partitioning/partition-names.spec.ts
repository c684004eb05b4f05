import { isShardPath } from '@riffle/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nullName, partitionName, partitionNames } from './partition-names.ts';

/** Texts without halves of pairs, which UTF-8 cannot hold, many of them alike. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'A', 'é', 'É', '%', '4', '1', '-', '.', '/', '=', '_'), maxLength: 4 }),
);

describe('partitionName', () => {
  it('is spelled back as URLs are, and can be part of a path', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const name = partitionName(text);
        expect(decodeURIComponent(name)).toBe(text);
        expect(name === '' || isShardPath(`${name}/column=${name}/x`)).toBe(true);
        expect(name).not.toBe(nullName);
      }),
    );
  });

  it('leaves what people read as it is', () => {
    expect(['de', 'p225', 'v1.5-b', 'zh/你', '.x', 'x.', '-1', 'a b'].map(partitionName)).toEqual([
      'de',
      'p225',
      'v1.5-b',
      'zh%2F%E4%BD%A0',
      '%2Ex',
      'x%2E',
      '%2D1',
      'a%20b',
    ]);
    expect(partitionName(null)).toBe(nullName);
  });
});

describe('partitionNames', () => {
  it('tells all values apart, also where capitals do not count, and whatever their order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(texts, fc.constantFrom(null, nullName, 'null')), { maxLength: 30 }),
        (values) => {
          const names = partitionNames(values);
          expect(new Set([...names.values()].map((name) => name.toLowerCase())).size).toBe(values.length);
          for (const [value, name] of names) if (value !== null) expect(decodeURIComponent(name)).toBe(value);
          expect(new Map(partitionNames(values.toReversed()))).toEqual(new Map(names));
        },
      ),
    );
  });
});
