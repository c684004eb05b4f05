import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../../docs/reference/permutation.md', import.meta.url), 'utf8');

export interface PermutationVector {
  readonly rows: number;
  readonly seed: string;
  readonly sides: readonly [number, number];
  /** Positions of rows 0, 1, 2, …, at most five. */
  readonly first: readonly number[];
  readonly last: number;
}

/** The cells of the table of docs/reference/permutation.md whose header starts with `firstHeader`. */
function tableCells(firstHeader: string): string[][] {
  const lines = page
    .slice(page.indexOf(`\n| ${firstHeader} |`))
    .trimStart()
    .split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end).map((line) =>
    line
      .slice(2, -2)
      .split(/ \| /)
      .map((cell) => cell.replaceAll('\\|', '|')),
  );
}

export function pageVectors(): PermutationVector[] {
  return tableCells('N').map(([rows, seed, sides, first, last]) => {
    const [a, b] = sides!.split(', ').map(Number);
    return {
      rows: Number(rows),
      seed: seed === '(the empty text)' ? '' : seed!,
      sides: [a!, b!],
      first: first!.split(' ').map(Number),
      last: Number(last),
    };
  });
}

/** The values on the way, by their name. */
export function pageSteps(): ReadonlyMap<string, string> {
  return new Map(tableCells('what').map(([what, value]) => [what!, value!]));
}

/** The page's SQL: the macros, then the example. */
export function pageSql(): readonly [macros: string, example: string] {
  const [macros, example] = [...page.matchAll(/```sql\n(.*?)```/gs)].map((match) => match[1]!);
  return [macros!, example!];
}
