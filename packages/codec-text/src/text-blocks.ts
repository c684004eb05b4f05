import { BadContentError, type DecodeLimits, type ReadableFile } from '@riffle/core';
import { compressionOf, type TextCompression } from './compression.ts';
import { decompress } from './decompress.ts';

const chunkBytes = 2 ** 20;
const LINE_END = 0x0a;

export interface TextOptions {
  readonly signal?: AbortSignal | undefined;
  /** More bytes of text than both limits allow are a decompression bomb. Default: 1 GiB and 10,000 times the file. */
  readonly limits?: DecodeLimits | undefined;
}

export interface BlockOptions extends TextOptions {
  /** A line that is longer, in bytes, is bad content. */
  readonly maximumLineBytes: number;
  /** Lines that begin in these bytes of the file, from `start` to before `end`; only of files that are not compressed. Default: all. */
  readonly range?: { readonly start: number; readonly end: number } | undefined;
}

/** Whole lines, the last one of a file perhaps without its end. */
export interface TextBlock {
  /** Yours. */
  readonly bytes: Buffer;
  /** Where it begins in the text, in bytes. */
  readonly offset: number;
}

const defaultLimits: DecodeLimits = { decodedBytes: 2 ** 30, ratio: 10_000 };

/** How a file is stored, from its first bytes. @throws BadContentError for UTF-16 and UTF-32. */
export async function findCompression(file: ReadableFile, { signal }: TextOptions): Promise<TextCompression> {
  const head = await file.read(0, Math.min(file.size, 4), { signal });
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw new BadContentError('It is UTF-16 or UTF-32; write it as UTF-8.', { kind: 'format' });
  return compressionOf(head);
}

async function* fileChunks(file: ReadableFile, start: number, { signal }: TextOptions): AsyncGenerator<Uint8Array> {
  for (let at = start; at < file.size; at += chunkBytes) {
    signal?.throwIfAborted();
    yield await file.read(at, Math.min(chunkBytes, file.size - at), { signal });
  }
}

/** A byte order mark of UTF-8, which is no part of the text. */
const markBytes = (chunk: Uint8Array) => (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0);

/** The bytes of a text in order, decompressed, without a byte order mark at its start. */
export async function* textChunks(file: ReadableFile, options: TextOptions): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of rawChunks(file, { ...options, start: 0 })) {
    yield isFirst ? chunk.subarray(markBytes(chunk)) : chunk;
    isFirst = false;
  }
}

async function* rawChunks(
  file: ReadableFile,
  options: TextOptions & { readonly start: number },
): AsyncGenerator<Uint8Array> {
  const { start, limits = defaultLimits, signal } = options;
  const compression = await findCompression(file, options);
  const most = Math.max(limits.decodedBytes, limits.ratio * file.size);
  let total = 0;
  for await (const chunk of decompress(fileChunks(file, start, options), compression, file.size)) {
    signal?.throwIfAborted();
    total += chunk.length;
    if (compression !== 'none' && total > most)
      throw new BadContentError(
        `A decompression bomb: ${file.size} bytes of file decode to more than ${most} bytes of text (limits: ${limits.decodedBytes} bytes and ${limits.ratio} times the file).`,
        { kind: 'bomb' },
      );
    yield chunk;
  }
}

/**
 * The lines of a file in blocks of about a megabyte, in order, whatever its size.
 * @throws BadContentError for a line that is too long, damaged compression and decompression bombs.
 */
export async function* textBlocks(file: ReadableFile, options: BlockOptions): AsyncGenerator<TextBlock> {
  const { range, maximumLineBytes } = options;
  // The byte before tells whether a line begins at the start.
  const start = range === undefined || range.start === 0 ? 0 : range.start - 1;
  const end = range?.end ?? Infinity;
  let isWithinLine = start > 0;
  let offset = start;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isFirst = start === 0;
  for await (const whole of rawChunks(file, { ...options, start })) {
    const mark = isFirst ? markBytes(whole) : 0;
    isFirst = false;
    offset += mark;
    let chunk = whole.subarray(mark);
    if (isWithinLine) {
      const found = chunk.indexOf(LINE_END);
      const skipped = found < 0 ? chunk.length : found + 1;
      offset += skipped;
      if (found < 0) continue;
      isWithinLine = false;
      chunk = chunk.subarray(skipped);
    }
    if (offset >= end) return;
    const last = chunk.lastIndexOf(LINE_END) + 1;
    if (last > 0) {
      const bytes = Buffer.concat([...waiting, chunk.subarray(0, last)]);
      const cut = offset + bytes.length <= end ? bytes.length : bytes.indexOf(LINE_END, end - offset - 1) + 1;
      yield { bytes: bytes.subarray(0, cut), offset };
      offset += bytes.length;
      waiting = [];
      waitingBytes = 0;
      if (offset >= end) return;
    }
    if (last < chunk.length) waiting.push(chunk.subarray(last));
    waitingBytes += chunk.length - last;
    if (waitingBytes > maximumLineBytes)
      throw new BadContentError(
        `The line that begins at byte ${offset} of its text is longer than ${maximumLineBytes} bytes.`,
        { kind: 'decode' },
      );
  }
  if (waitingBytes > 0) yield { bytes: Buffer.concat(waiting), offset };
}
