import { judgeOrder, type Certificate } from '@riffle/certificate';
import { expect, it } from 'vitest';
import { chanceText, figureText, pictureText } from './certificate-text.ts';

function judge(rows: number, sourceOf: (position: number) => number): Certificate {
  const sources = Float64Array.from({ length: rows }, (_, position) => sourceOf(position));
  return judgeOrder({ rows, stretches: [{ start: 0, rows }], sources, sourceRows: rows });
}

const kept = judge(6400, (position) => position);
/** A multiplicative order: even in the large. */
const even = judge(6400, (position) => (position * 2617) % 6400);

it('draws a diagonal of an order that was kept, and grey of an even one', () => {
  const picture = pictureText(kept.picture);
  expect(picture[0]).toBe('  Source, from its first row to its last →');
  expect(picture).toHaveLength(17);
  expect(picture[1]).toBe(`  ██${' '.repeat(30)}  first rows of the output`);
  expect(picture[16]).toBe(`  ${' '.repeat(30)}██  last rows`);
  expect(pictureText(even.picture).slice(2, 16)).toEqual(new Array(14).fill(`  ${'▒'.repeat(32)}`));
  expect(pictureText({ size: 1, before: [0], after: [0] })).toEqual([]);
});

it('lists figures in columns, of the distances the one that is furthest off', () => {
  expect(figureText(kept, undefined)).toEqual([
    '  Figure                                                     here  fair shuffle   chance',
    '✗ Source in 8 blocks by output in 8                      44,800.0          49.0  < 1e-15',
    '✗ Runs up and down                                              1         4,266  < 1e-15',
    '✗ Correlation of rows 1 to 1,024 apart, furthest off: 1    0.9997       -0.0002  < 1e-15',
    '✗ Rank correlation of source and output                    1.0000        0.0000  < 1e-15',
    '✗ Neighbours of the source that are neighbours still        6,399             2  < 1e-15',
  ]);
});

it('lists them below each other where there is no room', () => {
  const lines = figureText(kept, 40);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines.slice(0, 2)).toEqual(['✗ Source in 8 blocks by output in 8', '    44,800.0, fair shuffle 49.0,']);
});

it.each([
  [1, '100%'],
  [0.4711, '47%'],
  [0.00349, '0.35%'],
  [0.000_01, '1e-5'],
  [1e-15, '< 1e-15'],
])('says a chance of %d as %s', (chance, text) => expect(chanceText(chance)).toBe(text));
