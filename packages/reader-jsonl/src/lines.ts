import { encodingFault, textBlocks, TextProblem, ValueProblem, type BlockOptions } from '@riffle/codec-text';
import { BadContentError, type ReadableFile } from '@riffle/core';

/** One line that is not blank. */
export interface Line {
  readonly text: string;
  /** Counted from 0, from the first line that was asked for. */
  readonly number: number;
}

const LINE_END = 0x0a;
/** Blanks as JSON has them: a line of nothing else is no row. */
const blank = /^[ \t\r]*$/;

/** How many lines end before a byte of a file that is not compressed. Reads all of it: for messages only. */
async function linesBefore(file: ReadableFile, end: number, signal: AbortSignal | undefined): Promise<number> {
  let lines = 0;
  const step = 2 ** 20;
  for (let at = 0; at < end; at += step) {
    const bytes = await file.read(at, Math.min(step, end - at), { signal });
    for (let found = bytes.indexOf(LINE_END); found >= 0; found = bytes.indexOf(LINE_END, found + 1)) lines++;
  }
  return lines;
}

/** What went wrong in a line, as bad content with its place in the file; other errors as they are. */
export async function atLine(
  error: unknown,
  line: number,
  file: ReadableFile,
  { range, signal }: BlockOptions,
): Promise<unknown> {
  if (!(error instanceof TextProblem) && !(error instanceof ValueProblem)) return error;
  // The line that the range begins in belongs to what was before.
  const start = range?.start ?? 0;
  const before = start === 0 ? 0 : (await linesBefore(file, start - 1, signal)) + 1;
  const number = before + line + 1;
  if (error instanceof TextProblem)
    return new BadContentError(
      `Line ${number}, character ${error.characters + 1}: ${error.message}.`,
      { kind: 'decode', line: number, character: error.characters + 1 },
      { cause: error },
    );
  const column = error.path.join('.').replaceAll('.[', '[');
  const place = column === '' ? `Line ${number}` : `Line ${number}, column ${column}`;
  return new BadContentError(
    `${place}: ${error.message}.`,
    { kind: 'decode', line: number, ...(column === '' ? {} : { column }) },
    { cause: error },
  );
}

/**
 * The lines of a file, or of a range of it, but for blank ones. They come in blocks, since waiting for each would take longer than finding it.
 * @throws BadContentError for bytes that are not UTF-8, and what `textBlocks` throws
 */
export async function* readLines(file: ReadableFile, options: BlockOptions): AsyncGenerator<readonly Line[]> {
  let number = 0;
  for await (const { bytes } of textBlocks(file, options)) {
    const fault = encodingFault(bytes);
    if (fault !== undefined)
      throw await atLine(new TextProblem('It is not UTF-8', fault.characters), number + fault.lines, file, options);
    const text = bytes.toString('utf8');
    const lines: Line[] = [];
    for (let at = 0; at < text.length; number++) {
      const found = text.indexOf('\n', at);
      const end = found < 0 ? text.length : found;
      if (end - at > options.maximumLineBytes)
        throw await atLine(
          new TextProblem(`It is longer than ${options.maximumLineBytes} bytes`, options.maximumLineBytes),
          number,
          file,
          options,
        );
      const line = text.slice(at, end);
      at = end + 1;
      if (line[0] === '{' || !blank.test(line)) lines.push({ text: line, number });
    }
    yield lines;
  }
}

/**
 * Rows of each part of a file, by counting lines that are not blank.
 * @param partBytes Bytes of the file in each part: a line belongs to the part in which it begins
 */
export async function countRows(
  file: ReadableFile,
  parts: number,
  partBytes: number,
  options: BlockOptions,
): Promise<number[]> {
  const rows = new Array<number>(parts).fill(0);
  let lines = 0;
  for await (const { bytes, offset } of textBlocks(file, options)) {
    const fault = encodingFault(bytes);
    if (fault !== undefined)
      throw await atLine(new TextProblem('It is not UTF-8', fault.characters), lines + fault.lines, file, options);
    for (let at = 0; at < bytes.length; lines++) {
      const found = bytes.indexOf(LINE_END, at);
      const end = found < 0 ? bytes.length : found;
      let first = at;
      while (first < end && (bytes[first] === 0x20 || bytes[first] === 0x09 || bytes[first] === 0x0d)) first++;
      if (first < end) rows[parts === 1 ? 0 : Math.floor((offset + at) / partBytes)]!++;
      at = end + 1;
    }
  }
  return rows;
}
