import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('gives the same text for the same value, whatever the order of the keys, and parses back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const backwards = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(backwards)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('sorts keys at every level and keeps the order of lists', () => {
  expect(canonicalJson({ b: [{ z: 1, a: 2 }, 1], a: null })).toBe('{"a":null,"b":[{"a":2,"z":1},1]}');
});
