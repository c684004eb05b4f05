import { cutInMiddle, padded, widthOf, wrapped } from './fit.ts';

/** A column is not made narrower than this: what is cut further says nothing. */
const NARROWEST = 14;
const MARGIN = 2;
const GAP = 2;

/**
 * Cells in columns, the first row being the heads; the last column is not padded. Where a width is given, the widest columns are cut in the middle until
 * all fit; where they cannot, each row becomes a few lines of heads and cells.
 */
export function columns(rows: readonly (readonly string[])[], width?: number): string[] {
  const natural = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]!))));
  const widths = width === undefined ? natural : fitted(natural, width - MARGIN);
  if (widths === undefined) return stacked(rows, width!);
  return rows.map((row) => {
    const cells = row.map((cell, column) => padded(cutInMiddle(cell, widths[column]!), widths[column]!));
    return `${' '.repeat(MARGIN)}${cells.join(' '.repeat(GAP))}`.trimEnd();
  });
}

/** The widths of columns that fit, the widest made narrower first; undefined if there are too many. */
function fitted(natural: readonly number[], width: number): readonly number[] | undefined {
  const room = width - GAP * (natural.length - 1);
  const least = natural.reduce((sum, one) => sum + Math.min(one, NARROWEST), 0);
  if (least > room) return undefined;
  const widths = [...natural];
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest]!--;
  }
  return widths;
}

/** Each row as its first cell, and below it the others that say something, each with its head. */
function stacked(rows: readonly (readonly string[])[], width: number): string[] {
  const [heads, ...others] = rows as [readonly string[], ...(readonly string[])[]];
  const headWidth = Math.max(...heads.slice(1).map(widthOf));
  return others.flatMap(([first, ...cells]) => [
    ...(first === '' ? [] : [cutInMiddle(`${' '.repeat(MARGIN)}${first!}`, width)]),
    ...cells.flatMap((cell, index) => {
      const room = Math.max(NARROWEST, width - 2 * MARGIN - headWidth - GAP);
      const lines = cell === '' ? [] : wrapped(cell, room);
      const head = (line: number) => padded(line === 0 ? heads[index + 1]! : '', headWidth);
      return lines.map(
        (text, line) => `${' '.repeat(2 * MARGIN)}${head(line)}${' '.repeat(GAP)}${cutInMiddle(text, room)}`,
      );
    }),
  ]);
}
