import { count } from '@riffle/core';
import type { Certificate, CertificateTest, Picture } from '@riffle/certificate';
import { padded, widthOf, wrapped } from './fit.ts';

/** Squares of the picture in a terminal: characters are twice as high as they are wide. */
const pictureColumns = 32;
const pictureLines = 16;

/** By how many times as many rows as in an even order are in a square, the last for all above. */
const shades = [
  [0.2, ' '],
  [0.7, '░'],
  [1.5, '▒'],
  [3, '▓'],
  [Infinity, '█'],
] as const;

/** The rows of a picture in `lines` lines of `columns` characters. */
function shaded({ size, after }: Picture): string[] {
  const columns = Math.min(size, pictureColumns);
  const lines = Math.min(size, pictureLines);
  const sums = Array.from({ length: lines }, () => new Array<number>(columns).fill(0));
  for (const [square, rows] of after.entries()) {
    const line = Math.floor((Math.floor(square / size) * lines) / size);
    const column = Math.floor(((square % size) * columns) / size);
    sums[line]![column]! += rows;
  }
  // Squares of a size that does not divide evenly are of more or fewer blocks.
  const blocks = (index: number, of: number) => Math.ceil(((index + 1) * size) / of) - Math.ceil((index * size) / of);
  const total = after.reduce((sum, rows) => sum + rows, 0);
  return sums.map((line, row) =>
    line
      .map((rows, column) => {
        const even = (total * blocks(row, lines) * blocks(column, columns)) / size ** 2;
        return shades.find(([times]) => rows <= even * times)![1];
      })
      .join(''),
  );
}

/** The picture as text: an even grey is a shuffle, a diagonal is an order that was kept. */
export function pictureText(picture: Picture): string[] {
  const lines = shaded(picture).map((line) => `  ${line}`);
  if (lines.length < 2) return [];
  lines[0] += '  first rows of the output';
  lines[lines.length - 1] += '  last rows';
  return ['  Source, from its first row to its last →', ...lines.map((line) => line.trimEnd())];
}

function figure({ name, value, expected }: CertificateTest): [value: string, fair: string] {
  const digits = name.endsWith('correlation') ? 4 : name === 'kept-neighbours' || name === 'runs' ? 0 : 1;
  const text = (number: number) =>
    number
      .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .replace(/^-(0\.?0*)$/, '$1');
  return [text(value), text(expected)];
}

/** `47%`, `0.3%`, `1e-12`. */
export function chanceText(chance: number): string {
  if (chance <= 1e-15) return '< 1e-15';
  if (chance < 0.001) return chance.toExponential(0);
  return `${(chance * 100).toLocaleString('en-US', { maximumSignificantDigits: 2 })}%`;
}

/** Correlations at many distances are told by the one that is furthest off. */
function toldTests(tests: readonly CertificateTest[]): CertificateTest[] {
  const distances = tests.filter(({ name }) => name === 'distance-correlation');
  const worst = distances.reduce<CertificateTest | undefined>(
    (one, other) => (one === undefined || Math.abs(other.deviations) > Math.abs(one.deviations) ? other : one),
    undefined,
  );
  const last = distances.at(-1)?.distance ?? 1;
  return tests.flatMap((test) => {
    if (test.name !== 'distance-correlation') return [test];
    if (test !== worst) return [];
    return [
      { ...test, title: `Correlation of rows 1 to ${count(last)} apart, furthest off: ${count(test.distance!)}` },
    ];
  });
}

/** The figures of a certificate, in columns or, on a narrow terminal, below each other. */
export function figureText({ tests }: Certificate, width: number | undefined): string[] {
  if (tests.length === 0) return [];
  const rows = toldTests(tests).map((test): [string, string, string, string] => [
    `${test.passed ? ' ' : '✗'} ${test.title}`,
    ...figure(test),
    chanceText(test.chance),
  ]);
  const table: (readonly [string, string, string, string])[] = [
    ['  Figure', 'here', 'fair shuffle', 'chance'],
    ...rows,
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => widthOf(row[column]!))));
  if (width !== undefined && widths.reduce((sum, one) => sum + one + 2, 0) > width)
    return rows.flatMap(([title, here, fair, chance]) => [
      ...wrapped(title, width),
      ...wrapped(`    ${here}, fair shuffle ${fair}, chance ${chance}`, width),
    ]);
  return table.map((row) =>
    `${padded(row[0], widths[0]!)}${[1, 2, 3].map((column) => `  ${' '.repeat(widths[column]! - widthOf(row[column]!))}${row[column]!}`).join('')}`.trimEnd(),
  );
}
