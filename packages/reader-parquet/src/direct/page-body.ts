import type { Allocate } from '@riffle/columnar';
import { snappyKernel, type ColumnChunk, type PageHeader } from '@riffle/codec-parquet';
import type { ByteCursor } from './byte-cursor.ts';
import { decompressSnappy } from './snappy.ts';

/** Codecs of chunks that can be decoded past the codec. */
export const directCodecs: ReadonlySet<string> = new Set(['UNCOMPRESSED', 'SNAPPY']);

/** Bytes behind a page, since words are read across its end. */
export const PAGE_SLACK = 8;

/** Data that Snappy shrinks by less than this factor is a row of long literals, which are best copied at once, without a way through the kernel. */
const LEAST_RATIO = 1.15;

export function hardlyCompresses({ start, end, uncompressedBytes }: PageHeader): boolean {
  return uncompressedBytes <= LEAST_RATIO * (end - start);
}

/** A page's bytes before compression, or undefined if they are damaged. */
export function bodyOf(
  chunk: ColumnChunk,
  page: PageHeader,
  bytes: Uint8Array,
  allocate: Allocate,
): Uint8Array | undefined {
  const stored = bytes.subarray(page.start, page.end);
  if (chunk.codec === 'UNCOMPRESSED') return stored.length === page.uncompressedBytes ? stored : undefined;
  const body = allocate(page.uncompressedBytes + PAGE_SLACK).subarray(0, page.uncompressedBytes);
  const isSound = hardlyCompresses(page) ? decompressSnappy(stored, body) : snappyKernel().decompress(stored, body);
  return isSound ? body : undefined;
}

/** Takes levels off the front of a page of version 1. */
export function takeLevels(cursor: ByteCursor): ByteCursor | undefined {
  if (cursor.at + 4 > cursor.end) return undefined;
  const length = cursor.view.getUint32(cursor.at, true);
  const at = cursor.at + 4;
  if (at + length > cursor.end) return undefined;
  cursor.at = at + length;
  return { view: cursor.view, at, end: at + length };
}
