import { numberKernel } from '@riffle/codec-parquet';
import { readVarint, readZigzag, type ByteCursor } from './byte-cursor.ts';

/** Where values of pages go, one page after the other. */
export interface ValueTarget {
  readonly bytes: Uint8Array;
  /** Byte of the next value. */
  at: number;
  /** 4 or 8. */
  readonly width: number;
}

/** Groups of more values make no sense. */
const LARGEST_GROUP = 2 ** 12;

/**
 * Values of DELTA_BINARY_PACKED of at most 32 bits a delta. False for everything else, and for anything damaged.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5
 */
export function readDeltas(cursor: ByteCursor, count: number, target: ValueTarget): boolean {
  const blockSize = readVarint(cursor);
  const groups = readVarint(cursor);
  const total = readVarint(cursor);
  const first = readZigzag(cursor);
  if (blockSize === undefined || groups === undefined || total !== count || first === undefined) return false;
  const groupSize = blockSize / groups;
  if (!(groups > 0 && groups <= 256 && groupSize > 0 && groupSize <= LARGEST_GROUP && groupSize % 32 === 0))
    return false;
  const { bytes, at, width } = target;
  const end = at + count * width;
  if (end > bytes.length) return false;
  if (count === 0) return true;
  const words = new DataView(bytes.buffer, bytes.byteOffset + at, width);
  words.setInt32(0, first % 2 ** 32, true);
  if (width === 8) words.setInt32(4, Math.floor(first / 2 ** 32), true);
  const blocks = new Uint8Array(cursor.view.buffer, cursor.at, cursor.end - cursor.at);
  target.at = end;
  return numberKernel().decodeDeltas(
    blocks,
    { groups, groupSize },
    first,
    width === 8,
    bytes.subarray(at + width, end),
  );
}
