import { cutAtEnd, padded, widthOf, wrapped } from './fit.ts';
import { printableLine } from './wording.ts';

/** A column is not cut to less than this, its own head apart. */
const LEAST_WIDTH = 12;
const INDENT = 2;
const GAP = 2;

/** The width to which every wider column is cut so that all fit into `room`, or undefined if none would do. */
function widthLimit(widths: readonly number[], least: readonly number[], room: number): number | undefined {
  const total = (limit: number) =>
    widths.reduce((sum, width, column) => sum + Math.min(width, Math.max(limit, least[column]!)), 0);
  const widest = Math.max(...widths);
  if (total(widest) <= room) return widest;
  if (total(LEAST_WIDTH) > room) return undefined;
  let limit = LEAST_WIDTH;
  while (total(limit + 1) <= room) limit++;
  return limit;
}

/** A name and its value, wrapped below itself; nothing of a value narrower than a word is left at any width. */
export function namedLines(name: string, nameWidth: number, value: string, width: number | undefined): string[] {
  const indent = nameWidth + GAP;
  const room = width === undefined ? undefined : Math.max(LEAST_WIDTH, width - indent);
  return wrapped(value, room, 0).map((line, index) =>
    `${index === 0 ? padded(name, nameWidth) : ' '.repeat(nameWidth)}  ${line}`.trimEnd(),
  );
}

/** Each row by itself: its cells under each other, named by the heads, cells that say nothing left out. */
function stacked(heads: readonly string[], rows: readonly (readonly string[])[], width: number | undefined): string[] {
  const mark = ' '.repeat(2 * INDENT);
  const nameWidth = mark.length + Math.max(...heads.slice(1).map(widthOf), 0);
  return rows.flatMap((row) =>
    row.flatMap((cell, column) => {
      if (column === 0) return wrapped(`${' '.repeat(INDENT)}${cell}`, width, GAP);
      return cell === '' ? [] : namedLines(`${mark}${heads[column]!}`, nameWidth, cell, width);
    }),
  );
}

/**
 * A table of text that may come from anywhere, each row in one line of at most `width` columns: long cells are cut with `…`. Where even that
 * would leave too little of them, each row is stacked over several lines instead.
 *
 * @param rows the first holds the heads; all are of the same length
 * @param rightAligned numbers of columns that hold numbers
 * @param width undefined where lines may be of any length
 */
export function fittedTable(
  rows: readonly (readonly string[])[],
  width: number | undefined,
  rightAligned: readonly number[] = [],
): string[] {
  const clean = rows.map((row) => row.map(printableLine));
  const [heads = [], ...body] = clean;
  const widths = heads.map((_, column) => Math.max(...clean.map((row) => widthOf(row[column]!))));
  // Numbers are not cut: half of one is another one.
  const least = heads.map((head, column) => (rightAligned.includes(column) ? widths[column]! : widthOf(head)));
  const room = (width ?? Infinity) - INDENT - GAP * (heads.length - 1);
  const limit = widthLimit(widths, least, room);
  if (limit === undefined) return stacked(heads, body, width);
  const shown = widths.map((own, column) => Math.min(own, Math.max(limit, least[column]!)));
  return clean.map((row) => {
    const cells = row.map((cell, column) => {
      const cut = cutAtEnd(cell, shown[column]!);
      return rightAligned.includes(column)
        ? ' '.repeat(Math.max(0, shown[column]! - widthOf(cut))) + cut
        : padded(cut, shown[column]!);
    });
    return `${' '.repeat(INDENT)}${cells.join(' '.repeat(GAP))}`.trimEnd();
  });
}
