/** How large a JSON text is once parsed. */
export interface JsonMeasure {
  /** Objects, lists and their elements, at least; what a parser makes memory of. */
  readonly values: number;
  /** Levels of objects and lists inside each other. */
  readonly depth: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openers = [0x5b, 0x7b];
const closers = [0x5d, 0x7d];

/** Measures a text of JSON before it is parsed, since a few bytes can become many objects. Needs no memory; what is no JSON gives any numbers. */
export function measureJson(text: Uint8Array): JsonMeasure {
  let values = 0;
  let level = 0;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const byte = text[index]!;
    if (inString) {
      if (byte === backslash) index++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === comma) values++;
    else if (openers.includes(byte)) {
      values += 2;
      depth = Math.max(depth, ++level);
    } else if (closers.includes(byte)) level--;
  }
  return { values, depth };
}
