import { isUtf8 } from 'node:buffer';

const LINE_END = 0x0a;

/** Where bytes are no UTF-8: lines before, and characters before it in its line. */
export interface EncodingFault {
  readonly lines: number;
  readonly characters: number;
}

/** Where whole lines stop being UTF-8; undefined if they do not. */
export function encodingFault(bytes: Buffer): EncodingFault | undefined {
  if (isUtf8(bytes)) return undefined;
  let lines = 0;
  for (let at = 0; at < bytes.length; lines++) {
    const found = bytes.indexOf(LINE_END, at);
    const line = bytes.subarray(at, found < 0 ? bytes.length : found);
    if (!isUtf8(line)) return { lines, characters: charactersBefore(line) };
    at += line.length + 1;
  }
  return { lines, characters: 0 };
}

/** Whole characters at the start of a line: the longest beginning that is UTF-8 is looked for by halves. */
function charactersBefore(line: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const isSound = (length: number) => {
    try {
      decoder.decode(line.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    } finally {
      try {
        decoder.decode();
      } catch {
        // It only forgets the half character.
      }
    }
  };
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSound(middle)) low = middle;
    else high = middle - 1;
  }
  const text = line.toString('utf8', 0, low);
  return text.endsWith('\ufffd') ? text.length - 1 : text.length;
}
