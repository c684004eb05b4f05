/** A number as it was written, where a double would not keep it. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** One value of a text format before it has a type. Integers that a double does not hold are `bigint`; bytes are those of formats that hold some beside their text. */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | NumberText
  | Uint8Array
  | readonly Cell[]
  | { readonly [name: string]: Cell };

export const isObject = (cell: Cell | undefined): cell is { readonly [name: string]: Cell } =>
  typeof cell === 'object' &&
  cell !== null &&
  !Array.isArray(cell) &&
  !(cell instanceof NumberText) &&
  !(cell instanceof Uint8Array);

const longestShown = 40;

/** A value for a sentence, cut short. */
export function showCell(cell: Cell): string {
  if (cell instanceof NumberText) return cell.text.slice(0, longestShown);
  if (cell instanceof Uint8Array) return `${cell.length} bytes`;
  if (Array.isArray(cell)) return 'a list';
  if (isObject(cell)) return 'an object';
  if (typeof cell !== 'string') return String(cell);
  return JSON.stringify(cell.length > longestShown ? `${cell.slice(0, longestShown)}…` : cell);
}
