import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareUtf8 } from './find-files.ts';

it('orders as the UTF-8 bytes do, beyond U+FFFF and where halves of characters stand alone', () => {
  const character = fc.constantFrom(
    'a',
    'b',
    '/',
    'é',
    '\u{e000}',
    '\u{ffff}',
    '\u{10000}',
    '\u{1f600}',
    '\ud800',
    '\udc00',
    '',
  );
  const path = fc.array(character, { maxLength: 6 }).map((characters) => characters.join(''));
  fc.assert(
    fc.property(path, path, (one, other) => {
      expect(compareUtf8(one, other)).toBe(Buffer.compare(Buffer.from(one), Buffer.from(other)));
    }),
    { numRuns: 5000 },
  );
});
