import { arrowBytes } from '@riffle/columnar';
import type { FragmentReadOptions, ReadableFile } from '@riffle/core';
import type { ColumnChunk, PageHeader, RowGroup } from '@riffle/codec-parquet';
import { Data, RecordBatch, Struct, type DataType } from 'apache-arrow';
import { countDecode, decodeCount } from '../decode-slice.ts';
import type { OpenedFile } from '../opened-file.ts';
import { scanRowGroup } from '../scan-row-group.ts';
import { readInto } from './byte-feed.ts';
import { flatArena } from './direct-memory.ts';
import { createFlatBytes } from './flat-bytes.ts';
import type { FlatColumn } from './flat-columns.ts';
import { createFlatNumbers } from './flat-numbers.ts';
import { readFlatPages } from './flat-pages.ts';
import { directCodecs, PAGE_SLACK } from './page-body.ts';
import { validityWithout } from './validity-without.ts';
import { withinMemory } from './within-memory.ts';

/** Of larger row groups the codec's own costs are a small part, and it is faster by the value. */
const MOST_CELLS = 4096;
const MOST_BYTES = 2 ** 17;

interface NumbersConstructor {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): ArrayBufferView;
}

/** One column, or undefined for anything but what is sound and simple. */
function decodeFlat(
  { field, kind, width, isText }: FlatColumn,
  chunk: ColumnChunk,
  pages: readonly PageHeader[],
  bytes: Uint8Array,
  rows: number,
): Data | undefined {
  const { allocate } = flatArena();
  const type = field.type as DataType;
  if (kind === 'numbers') {
    const numbers = createFlatNumbers(width, rows, allocate);
    const nulls = readFlatPages(chunk, pages, bytes, rows, numbers, allocate);
    if (nulls === undefined) return undefined;
    const { buffer, byteOffset } = numbers.bytes;
    const values = new (type.ArrayType as NumbersConstructor)(buffer, byteOffset, rows);
    return new Data(type, 0, rows, nulls.length, [undefined, values, validityWithout(nulls, rows)] as never);
  }
  const strings = createFlatBytes(isText, rows, allocate);
  const nulls = readFlatPages(chunk, pages, bytes, rows, strings, allocate);
  const gathered = nulls && strings.gather(MOST_BYTES);
  if (nulls === undefined || gathered === undefined) return undefined;
  const { offsets, values } = gathered;
  return new Data(type, 0, rows, nulls.length, [offsets, values, validityWithout(nulls, rows)] as never);
}

/** Bytes of the file that hold all chunks, if that is little. */
function rangeOf({ rows, chunks }: RowGroup): { readonly start: number; readonly length: number } | undefined {
  if (rows * chunks.length > MOST_CELLS) return undefined;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  let uncompressed = 0;
  for (const chunk of chunks) {
    if (!directCodecs.has(chunk.codec)) return undefined;
    start = Math.min(start, chunk.start);
    end = Math.max(end, chunk.start + chunk.compressedBytes);
    uncompressed += chunk.uncompressedBytes;
  }
  return end - start > MOST_BYTES || uncompressed > MOST_BYTES ? undefined : { start, length: end - start };
}

function decodeAll(
  { schema }: Pick<OpenedFile, 'schema'>,
  flat: readonly FlatColumn[],
  { rows, chunks }: RowGroup,
  pages: readonly (readonly PageHeader[])[],
  bytesOf: (chunk: ColumnChunk) => Uint8Array,
): RecordBatch | undefined {
  const columns: Data[] = [];
  for (const [index, column] of flat.entries()) {
    const chunk = chunks[index]!;
    const data = decodeFlat(column, chunk, pages[index]!, bytesOf(chunk), rows);
    if (data === undefined) return undefined;
    columns.push(data);
  }
  const top = new Data(new Struct(schema.fields), 0, rows, 0, [undefined, undefined, undefined] as never, columns);
  return new RecordBatch(schema, top as Data<Struct>);
}

/** A batch, and the {@link decodeCount} that it holds for. */
export interface FlatBatch {
  readonly batch: RecordBatch;
  readonly bytes: number;
  readonly decode: number;
}

/**
 * Decodes a whole row group of few values past the codec, for which each call is work that such a row group is not worth: a file made for it, with
 * a footer that it parses, and a schema. It takes only what is sound and simple; undefined otherwise, or where the rows do not
 * fit the target: then the codec decodes, and says what is wrong. The batch is a view of memory that the next decoding uses again.
 * @throws BadContentError for what a scan of the pages finds, as it does before the codec decodes.
 */
export async function readFlat(
  file: ReadableFile,
  opened: Pick<OpenedFile, 'schema' | 'flat'>,
  rowGroup: RowGroup,
  { targetBatchBytes, limits, signal }: FragmentReadOptions,
): Promise<FlatBatch | undefined> {
  const { flat } = opened;
  const range = flat && rangeOf(rowGroup);
  if (flat === undefined || range === undefined) return undefined;
  // Of its own: while it is being read, another fragment may be decoded.
  const memory = Buffer.allocUnsafeSlow(range.length + PAGE_SLACK).buffer;
  const bytes = new Uint8Array(memory, 0, range.length);
  await readInto(file, bytes, range.start, { signal });
  const bytesOf = ({ start, compressedBytes }: ColumnChunk) =>
    bytes.subarray(start - range.start, start - range.start + compressedBytes);
  const pages = await scanRowGroup(
    rowGroup,
    (chunk) => (offset, length) => bytesOf(chunk).subarray(offset, offset + length),
    { limits, fileBytes: file.size, signal },
  );
  // What the footer declares is one thing, what memory is taken for another.
  if (pages.flat().reduce((sum, { uncompressedBytes }) => sum + uncompressedBytes, 0) > MOST_BYTES) return undefined;
  countDecode();
  flatArena().reset();
  const batch = withinMemory(() => decodeAll(opened, flat, rowGroup, pages, bytesOf));
  if (batch === undefined) return undefined;
  const decoded = arrowBytes(batch);
  return decoded <= targetBatchBytes ? { batch, bytes: decoded, decode: decodeCount() } : undefined;
}
