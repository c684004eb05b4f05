import { parse } from 'json-custom-numbers';
import { NumberText, type Cell } from './cell.ts';
import { TextProblem } from './text-problem.ts';

/** A whole number that a double may not hold stands in the text, or a text that looks like one. */
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

function parseKeeping(text: string, keepFractions: boolean): Cell {
  if (prototypeMember.test(text))
    throw new TextProblem('A member called __proto__ is not read beside numbers of more than 15 digits', 0);
  return parse(text, undefined, keepFractions ? numbersKept : integersKept) as Cell;
}

/** Says what is wrong, and where, in the words of the keeping parser: those of JSON.parse change with Node. */
function problemOf(text: string, error: unknown): TextProblem {
  try {
    parse(text);
  } catch (told) {
    const [what, where] = String((told as Error).message).split('\n') as [string, string | undefined];
    const position = /position (\d+)/.exec(where ?? '')?.[1];
    if (position !== undefined) return new TextProblem(what, Number(position) - 1);
  }
  return new TextProblem((error as Error).message, 0);
}

/**
 * The value of a text that is JSON. Whole numbers are exact, whatever their size; fractions become the nearest double, or keep their text.
 * @param keepFractions Whether fractions are wanted as they are written, for decimals.
 * @throws TextProblem
 */
export function parseJson(text: string, keepFractions: boolean): Cell {
  try {
    return keepFractions || longInteger.test(text) ? parseKeeping(text, keepFractions) : (JSON.parse(text) as Cell);
  } catch (error) {
    throw error instanceof TextProblem ? error : problemOf(text, error);
  }
}
