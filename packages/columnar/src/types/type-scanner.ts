/** What is wrong with a text, on its way up from the place. */
export class TypeProblem extends Error {}

/** Reads a text from left to right; blanks between tokens are skipped. */
export interface TypeScanner {
  /** Moves past `mark` if it comes next. */
  readonly skip: (mark: string) => boolean;
  /** @throws TypeProblem if something else comes next. */
  readonly expect: (mark: string) => void;
  /** The next characters that are no mark and no blank; '' if a mark comes next. */
  readonly word: () => string;
  /** A {@link word}, or a JSON string. @throws TypeProblem if neither comes next. */
  readonly name: (what: string) => string;
  /** @throws TypeProblem unless a whole number from `lowest` to `highest` comes next. */
  readonly integer: (what: string, lowest: number, highest: number) => number;
  /** The position, to come back to. */
  readonly position: () => number;
  readonly goTo: (position: number) => void;
  /** @throws TypeProblem if anything is left. */
  readonly end: () => void;
}

const longestShown = 20;

export function createTypeScanner(text: string): TypeScanner {
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? '';
  };
  const skipBlanks = () => {
    at += match(/\s*/y).length;
  };
  const wrong = (wanted: string): never => {
    const rest = text.slice(at, at + longestShown);
    throw new TypeProblem(`${wanted} must come ${rest === '' ? 'at the end' : `where ${JSON.stringify(rest)} stands`}`);
  };
  const skip = (mark: string) => {
    skipBlanks();
    if (!text.startsWith(mark, at)) return false;
    at += mark.length;
    return true;
  };
  const take = (pattern: RegExp) => {
    skipBlanks();
    const found = match(pattern);
    at += found.length;
    return found;
  };
  const word = () => take(/[^\s"<>()[\]{},:]+/y);
  return {
    skip,
    expect: (mark) => {
      if (!skip(mark)) wrong(`"${mark}"`);
    },
    word,
    name: (what) => {
      const quoted = take(/"(?:[^"\\]|\\.)*"/y);
      if (quoted === '') return word() || wrong(what);
      try {
        return JSON.parse(quoted) as string;
      } catch {
        throw new TypeProblem(`${quoted} is no JSON string`);
      }
    },
    integer: (what, lowest, highest) => {
      const digits = take(/-?\d+/y);
      if (digits === '') wrong(what);
      const value = Number(digits);
      if (value < lowest || value > highest)
        throw new TypeProblem(`${what} must be from ${lowest} to ${highest}, not ${digits.slice(0, longestShown)}`);
      return value;
    },
    position: () => at,
    goTo: (position) => {
      at = position;
    },
    end: () => {
      skipBlanks();
      if (at < text.length) wrong('the end');
    },
  };
}
