import { encodingFault, textBlocks, type TextOptions } from '@riffle/codec-text';
import { BadContentError, type ReadableFile } from '@riffle/core';
import Papa from 'papaparse';
import { badRow } from './bad-row.ts';

/** One row's fields, and the line that it begins in, counted from 1. */
export interface CsvRow {
  readonly fields: readonly string[];
  readonly line: number;
}

export interface CsvTextOptions extends TextOptions {
  readonly delimiter: string;
  readonly maximumRowBytes: number;
  /** Whether the first row is no data: a file that ends within it is truncated then. */
  readonly hasHeader: boolean;
}

/** What the parser says. Its types leave it open. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly message: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

const linesIn = (text: string) => {
  let lines = 0;
  for (let found = text.indexOf('\n'); found >= 0; found = text.indexOf('\n', found + 1)) lines++;
  return lines;
};

/** Lines within the fields of a row: those in quotes. */
const linesWithin = (fields: readonly string[]) => fields.reduce((sum, field) => sum + linesIn(field), 0);

/**
 * The rows of a file, header included, in order and in bounded memory; blank lines are no rows. All have as many fields as the first. They come in blocks, since
 * waiting for each would take longer than parsing it: take a block to its end before the next.
 * @throws BadContentError with its line for a row of another number of fields, stray quotes, bytes that are not UTF-8, a row that is too long
 */
export async function* csvRows(file: ReadableFile, options: CsvTextOptions): AsyncGenerator<Iterable<CsvRow>> {
  const { delimiter, maximumRowBytes, hasHeader } = options;
  let newline: '\n' | '\r\n' | undefined;
  let rest = '';
  let line = 1;
  let rows = 0;
  let width: number | undefined;

  function* take(isLast: boolean): Generator<CsvRow> {
    const parser = new Papa.Parser({ delimiter, newline: newline ?? '\n' });
    const { data, errors, meta } = parser.parse(rest, 0, !isLast) as Parsed;
    const fault = errors.find(({ row }) => row !== undefined && (isLast || row < data.length));
    for (const [index, fields] of data.entries()) {
      if (fault?.row === index) throw badRow(line, `${fault.message} (quotes within a quoted field are doubled)`);
      const here = line;
      line += 1 + linesWithin(fields);
      if (fields.length === 1 && fields[0] === '') continue;
      width ??= fields.length;
      if (fields.length !== width)
        throw badRow(here, `it has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} instead of ${width}`);
      if (fields.at(-1)!.endsWith('\r'))
        throw badRow(here, 'its last field ends in a carriage return: line ends are mixed');
      rows++;
      yield { fields, line: here };
    }
    if (fault !== undefined && fault.row! >= data.length) throw badRow(line, fault.message);
    rest = isLast ? '' : rest.slice(meta.cursor);
  }

  for await (const { bytes } of textBlocks(file, { ...options, maximumLineBytes: maximumRowBytes })) {
    const fault = encodingFault(bytes);
    if (fault !== undefined)
      throw badRow(line + linesIn(rest) + fault.lines, `it is not UTF-8 from character ${fault.characters + 1} on`);
    rest += bytes.toString('utf8');
    newline ??= rest[rest.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
    // Only the last block of a file may end otherwise.
    if (rest.endsWith('\n')) yield take(false);
    if (rest.length > maximumRowBytes)
      throw badRow(line, `a row begins here that is longer than ${maximumRowBytes} bytes (is a quote missing?)`);
  }
  const isCut = rest !== '';
  if (isCut) yield take(true);
  if (rows === 0) throw new BadContentError('It has no rows, not even a header.', { kind: 'empty' });
  if (hasHeader && rows === 1 && isCut) throw new BadContentError('It ends within its header.', { kind: 'truncated' });
}
