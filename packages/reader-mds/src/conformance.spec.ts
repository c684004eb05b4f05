import { describeReader, type CanonicalRow, type ReaderSample } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { float64, handmadeShard, int32, int64, list, text, type HandmadeColumn } from '../test/handmade.ts';
import createReader from './index.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Rows by hand, and what they mean in the canonical form of the testkit. */
function sample(name: string, rows: number, soundBytes: number): ReaderSample {
  const numbers = Array.from({ length: rows }, (_, row) => row);
  const sound = (row: number) => Buffer.alloc(row % 7 === 0 ? 0 : soundBytes, row);
  const codes = (row: number) => Array.from({ length: row % 5 }, (_, index) => index - row);
  const words = (row: number) => `wave ${row} ü 音👋`.repeat(row % 3);
  const column = (
    columnName: string,
    encoding: string,
    size: number | null,
    value: (row: number) => Buffer,
  ): HandmadeColumn => ({
    name: columnName,
    encoding,
    size,
    values: numbers.map(value),
  });
  const bytes = handmadeShard([
    column('big', 'int', 8, (row) => int64(9_007_199_254_740_993n + BigInt(row))),
    column('codes', 'ndarray:int32', null, (row) => list(...codes(row))),
    column('fixed', 'ndarray:int32:2', 8, (row) => Buffer.concat([int32(row), int32(-row)])),
    column('half', 'float64', 8, (row) => float64(row / 2)),
    column('inner', 'json', null, (row) => text(`{"a": ${row}}`)),
    column('sound', 'bytes', null, sound),
    column('text', 'str', null, (row) => text(words(row))),
  ]);
  const truth = numbers.map((row): CanonicalRow => ({
    big: String(9_007_199_254_740_993n + BigInt(row)),
    codes: codes(row).map(String),
    fixed: [String(row), String(-row)],
    half: hex(float64(row / 2).reverse()),
    inner: `{"a": ${row}}`,
    sound: `hex:${hex(sound(row))}`,
    text: words(row),
  }));
  return { name, bytes, rows: truth };
}

/** -0 is 0 for integers. */
const withoutSignedZero = (made: ReaderSample): ReaderSample => ({
  ...made,
  rows: JSON.parse(JSON.stringify(made.rows).replaceAll('"-0"', '"0"')) as CanonicalRow[],
});

const id = (values: readonly Buffer[]): HandmadeColumn => ({ name: 'id', encoding: 'int32', size: 4, values });
const bad = (name: string, bytes: Uint8Array) => ({ name, bytes });
const three = [1, 2, 3].map(int32);

describeReader(
  { describe, it, expect },
  {
    makeReader: () => createReader({ fragmentBytes: 8192 }),
    // They begin with a number, as many files do.
    knownByEnding: true,
    samples: async () =>
      [sample('small.mds', 300, 40), sample('large.mds', 500, 400), sample('one.mds', 1, 10)].map(withoutSignedZero),
    unreadable: async () => [
      bad('a number', Buffer.from([1, 0, 0, 0])),
      bad('text', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\n')),
      bad('more rows than bytes', handmadeShard([id(three)], { rows: 4_000_000_000 })),
      bad('no JSON', handmadeShard([id(three)], { configText: '{' })),
      bad('a list', handmadeShard([id(three)], { configText: '[]' })),
      bad('null', handmadeShard([id(three)], { configText: 'null' })),
      bad('another format', handmadeShard([id(three)], { config: { format: 'json' } })),
      bad('another version', handmadeShard([id(three)], { config: { version: 1 } })),
      bad('no columns', handmadeShard([], {})),
      bad('lists that differ', handmadeShard([id(three)], { config: { column_sizes: [] } })),
      bad('a wrong size', handmadeShard([{ ...id(three), size: 8 }])),
      bad('two of one name', handmadeShard([id(three), id(three)])),
      bad('a pickle', handmadeShard([{ ...id(three), encoding: 'pkl', size: null }])),
      bad('an unknown encoding', handmadeShard([{ ...id(three), encoding: 'colour', size: null }])),
      bad('bytes behind', handmadeShard([id(three)], { behind: Buffer.from('x') })),
      bad(
        'places out of order',
        handmadeShard([id(three)], { places: (places) => places.splice(1, 2, places[2]!, places[1]!) }),
      ),
      bad('a place in the header', handmadeShard([id(three)], { places: (places) => places.splice(0, 1, 8) })),
      bad(
        'a place behind the file',
        handmadeShard([id(three)], { places: (places) => places.splice(1, 1, 2 ** 32 - 1) }),
      ),
      bad('not UTF-8', handmadeShard([{ name: 'a', encoding: 'str', size: null, values: [Buffer.from([0xff])] }])),
      bad(
        'a character cut in two',
        handmadeShard([{ name: 'a', encoding: 'str', size: null, values: [Buffer.from([0xc3]), Buffer.from([0xa9])] }]),
      ),
      bad('no shape', handmadeShard([{ name: 'a', encoding: 'ndarray:int32', size: null, values: [Buffer.alloc(0)] }])),
      bad(
        'half a shape',
        handmadeShard([{ name: 'a', encoding: 'ndarray:int8', size: null, values: [Buffer.from([7, 1])] }]),
      ),
      bad(
        'a shape of more than there is',
        handmadeShard([
          {
            name: 'a',
            encoding: 'ndarray:int8',
            size: null,
            values: [Buffer.from([7, 255, 255, 255, 255, 255, 255, 255, 255, 1])],
          },
        ]),
      ),
      bad(
        'two dimensions',
        handmadeShard([{ name: 'a', encoding: 'ndarray:int8', size: null, values: [Buffer.from([8, 1, 1, 9])] }]),
      ),
    ],
  },
);
