import type { Allocate } from '@riffle/columnar';
import type { ReadableFile } from '@riffle/core';
import type { ColumnChunk, PageHeader } from '@riffle/codec-parquet';
import { HISTORY_BYTES, type ByteFeed } from './byte-feed.ts';
import type { DecodedByteArrays } from './decode-bytes.ts';
import { isOneRun } from './levels.ts';
import { createPageFeed } from './page-feed.ts';

/** New bytes looked at together: with what is kept of those before, they stay in the processor's cache. */
const WINDOW_BYTES = 256 * 1024;
/** Levels of one run are a few bytes; a page with more has nulls. */
const LARGEST_LEVELS = 1024;
const LARGEST_VALUES = 2 ** 31 - 1;

/** Values of a chunk of plain byte arrays, one in every row, none null, given out in order. It holds a window of a page, whatever size pages have. */
export interface ByteArrayStream {
  /**
   * The next `rows` values, in memory from `allocate`. Undefined if there are fewer, or there is anything else or anything damaged; nothing may
   * be asked for afterwards.
   * @param guess bytes that they are likely to take.
   */
  next(rows: number, guess: number, allocate: Allocate): Promise<DecodedByteArrays | undefined>;
  /** Whether every page was given out to its end. */
  isAtEnd(): boolean;
}

/** Whether pages say that they hold what a stream can give. */
export function canStream(pages: readonly PageHeader[]): boolean {
  return pages.every(
    ({ kind, packedLevels, encoding }) => kind === 'DATA_PAGE' && !packedLevels && encoding === 'PLAIN',
  );
}

/** @param pages of the chunk, positions counted from its start. */
export function createByteArrayStream(
  file: ReadableFile,
  chunk: ColumnChunk,
  pages: readonly PageHeader[],
): ByteArrayStream {
  const whole = chunk.leaf.maximumDefinitionLevel;
  let nextPage = 0;
  let feed: ByteFeed | undefined;
  let valuesLeft = 0;
  /** Bytes of the page behind those in the window. */
  let behind = 0;
  const window = new Uint8Array(HISTORY_BYTES + WINDOW_BYTES);
  const view = new DataView(window.buffer);
  let at = 0;
  let end = 0;

  /** Makes at least `length` bytes of the page be in the window, no more than are kept of those before. */
  async function need(length: number): Promise<boolean> {
    if (end - at >= length) return true;
    const past = Math.max(0, end - HISTORY_BYTES);
    window.copyWithin(0, past, end);
    at -= past;
    end -= past;
    while (end - at < length) {
      const filled = await feed!.fill(window, end, window.length);
      if (filled === undefined || filled === end) return false;
      behind -= filled - end;
      end = filled;
    }
    return true;
  }

  async function openPage(): Promise<boolean> {
    const page = pages[nextPage++];
    feed = page && createPageFeed(file, chunk, page);
    if (page === undefined || feed === undefined) return false;
    [at, end, behind, valuesLeft] = [0, 0, page.uncompressedBytes, page.values];
    if (whole === 0) return true;
    if (!(await need(4))) return false;
    const length = view.getUint32(at, true);
    at += 4;
    if (length > LARGEST_LEVELS || !(await need(length))) return false;
    const levels = { view, at, end: at + length };
    at += length;
    return isOneRun(levels, whole, page.values);
  }

  const pageIsDone = () => valuesLeft === 0 && at === end && (feed === undefined || feed.isAtEnd());

  /** Copies the next `length` bytes of the page. */
  async function take(target: Uint8Array, start: number, length: number): Promise<boolean> {
    for (let done = 0; done < length;) {
      if (at === end && feed!.history === 0 && length - done >= WINDOW_BYTES) {
        const filled = await feed!.fill(target, start + done, start + length);
        if (filled === undefined || filled === start + done) return false;
        behind -= filled - start - done;
        done = filled - start;
        continue;
      }
      if (!(await need(1))) return false;
      const taken = Math.min(length - done, end - at);
      target.set(window.subarray(at, at + taken), start + done);
      at += taken;
      done += taken;
    }
    return true;
  }

  async function next(rows: number, guess: number, allocate: Allocate): Promise<DecodedByteArrays | undefined> {
    const words = allocate(4 * (rows + 1));
    const offsets = new Int32Array(words.buffer, words.byteOffset, rows + 1);
    let values = allocate(Math.min(guess, LARGEST_VALUES));
    let to = 0;
    offsets[0] = 0;
    for (let row = 0; row < rows; row++) {
      while (valuesLeft === 0) if (!pageIsDone() || !(await openPage())) return undefined;
      if (end - at < 4 && !(await need(4))) return undefined;
      const length = view.getUint32(at, true);
      at += 4;
      // A length is believed only as far as the page has bytes.
      if (length > end - at + behind || to + length > LARGEST_VALUES) return undefined;
      if (to + length > values.length) {
        const larger = allocate(Math.max(to + length, Math.ceil(1.5 * values.length)));
        larger.set(values.subarray(0, to));
        values = larger;
      }
      if (length <= end - at) {
        values.set(window.subarray(at, at + length), to);
        at += length;
      } else if (!(await take(values, to, length))) return undefined;
      to += length;
      offsets[row + 1] = to;
      valuesLeft--;
    }
    return { offsets, values: values.subarray(0, to) };
  }

  return {
    next,
    isAtEnd: () => pageIsDone() && nextPage === pages.length,
  };
}
