import { headText, isObject, type Cell } from '@riffle/codec-text';

/** Bytes of a file's start that are looked at: two whole lines should fit. */
export const headBytes = 4096;

function isObjectLine(line: string): boolean {
  try {
    return isObject(JSON.parse(line) as Cell);
  } catch {
    return false;
  }
}

/**
 * Whether a file begins with two lines that are a JSON object each. Less would take the JSON documents that stand beside data for data. Files with longer
 * lines are known by their ending.
 */
export function isJsonLines(head: Uint8Array): boolean | Promise<boolean> {
  const text = headText(head);
  return text instanceof Promise ? text.then(beginsWithObjects) : beginsWithObjects(text);
}

function beginsWithObjects(bytes: Buffer | undefined): boolean {
  const text = bytes?.toString('utf8').replace(/^\ufeff/, '') ?? '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const lines = whole.filter((line) => line.trim() !== '');
  return lines.length >= 2 && isObjectLine(lines[0]!) && isObjectLine(lines[1]!);
}
