import { NumberText, type Cell } from '@riffle/codec-text';
import { parse } from 'json-custom-numbers';

/** A line is no JSON. */
export class LineProblem extends Error {
  /** Characters of the line (UTF-16 units) before the fault. */
  readonly characters: number;
  constructor(message: string, characters: number) {
    super(message);
    this.characters = characters;
  }
}

/** A whole number that a double may not hold stands in the line, or a text that looks like one. */
const longInteger = /(?:^|[-[,:\s])\d{16,}(?:[\s,\]}]|$)/;
/** What the keeping parser would take for a prototype, also where one of its letters is escaped. */
const prototypeMember = /"__proto__"\s*:|\\u00(?:5f|6f|7[024])/i;

function wholeNumber(text: string): number | bigint {
  // Beyond 400 digits it becomes infinite, which no type takes: no work for a big integer.
  return text.length <= 15 || text.length > 400 ? Number(text) : BigInt(text);
}

const isWhole = (text: string) => /^-?\d+$/.test(text);
const numbersKept = (_key: unknown, text: string) => (isWhole(text) ? wholeNumber(text) : new NumberText(text));
const integersKept = (_key: unknown, text: string) => (isWhole(text) ? wholeNumber(text) : Number(text));

function parseKeeping(line: string, keepFractions: boolean): Cell {
  if (prototypeMember.test(line))
    throw new LineProblem('A member called __proto__ is not read beside numbers of more than 15 digits', 0);
  return parse(line, undefined, keepFractions ? numbersKept : integersKept) as Cell;
}

/** Says what is wrong, and where, in the words of the keeping parser: those of JSON.parse change with Node. */
function problemOf(line: string, error: unknown): LineProblem {
  try {
    parse(line);
  } catch (told) {
    const [what, where] = String((told as Error).message).split('\n') as [string, string | undefined];
    const position = /position (\d+)/.exec(where ?? '')?.[1];
    if (position !== undefined) return new LineProblem(what, Number(position) - 1);
  }
  return new LineProblem((error as Error).message, 0);
}

/**
 * The value of one line. Whole numbers are exact, whatever their size; fractions become the nearest double, or keep their text.
 * @param keepFractions Whether fractions are wanted as they are written, for decimals.
 * @throws LineProblem
 */
export function parseLine(line: string, keepFractions: boolean): Cell {
  try {
    return keepFractions || longInteger.test(line) ? parseKeeping(line, keepFractions) : (JSON.parse(line) as Cell);
  } catch (error) {
    throw error instanceof LineProblem ? error : problemOf(line, error);
  }
}
