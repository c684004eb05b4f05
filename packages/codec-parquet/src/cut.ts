import { cutTail, magic, type FooterChanges, type PlacedChunk } from './cut-footer.ts';
import type { Footer } from './footer.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';

/** Bytes to copy from the source file into the small file. */
export interface CutPiece {
  readonly sourceOffset: number;
  readonly length: number;
  /** Position in the small file. */
  readonly offset: number;
}

/** Bytes of the small file that do not come from the source. */
export interface CutLiteral {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * A plan for a small but complete Parquet file: pieces of a source file between `PAR1` and a footer of its own.
 * Types come out as in the source, since schema, key-value pairs and column orders are taken over byte by byte.
 */
export interface Cut {
  /** Size of the small file. */
  readonly length: number;
  readonly pieces: readonly CutPiece[];
  /** Head and tail, and what stands between pieces. */
  readonly literals: readonly CutLiteral[];
  /** Where each chunk's first page stands in the small file, in the order given. */
  readonly chunkOffsets: readonly number[];
}

/** Reading a few bytes too many costs less than one more read. */
const LARGEST_GAP = 64 * 1024;

/**
 * Pieces that cover all chunks; neighbours are joined over small gaps (indexes, bloom filters). They never overlap, so a
 * hostile footer cannot make the small file larger than its source.
 */
function piecesOf(chunks: readonly ColumnChunk[]): CutPiece[] {
  const ranges = chunks
    .map(({ start, compressedBytes }) => ({ start, end: start + compressedBytes }))
    .filter(({ start, end }) => end > start);
  ranges.sort((left, right) => left.start - right.start);
  const joined: { start: number; end: number }[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.start - last.end <= LARGEST_GAP) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  let offset = magic.length;
  return joined.map(({ start, end }) => {
    const piece = { sourceOffset: start, length: end - start, offset };
    offset += piece.length;
    return piece;
  });
}

/** A cut from what goes between its head and its footer. */
export function makeCut(
  footer: Footer,
  rowGroup: RowGroup,
  pieces: readonly CutPiece[],
  literals: readonly CutLiteral[],
  placed: readonly PlacedChunk[],
  changes: FooterChanges,
): Cut {
  const end = Math.max(
    magic.length,
    ...pieces.slice(-1).map(({ offset, length }) => offset + length),
    ...literals.slice(-1).map(({ offset, bytes }) => offset + bytes.length),
  );
  const tail = cutTail(footer, rowGroup, placed, changes);
  return {
    length: end + tail.length,
    pieces,
    literals: [{ bytes: magic, offset: 0 }, ...literals, { bytes: tail, offset: end }],
    chunkOffsets: placed.map(({ dictionaryAt, dataAt }) => dictionaryAt ?? dataAt),
  };
}

/** Plans a file of one row group with some of its chunks; all of them unless a new schema says otherwise. */
export function planCut(
  footer: Footer,
  rowGroup: RowGroup,
  chunks: readonly ColumnChunk[] = rowGroup.chunks,
  changes: FooterChanges = {},
): Cut {
  const pieces = piecesOf(chunks);
  const shift = (sourceOffset: number): number => {
    const piece = pieces.findLast((candidate) => candidate.sourceOffset <= sourceOffset);
    return piece === undefined ? magic.length : sourceOffset - piece.sourceOffset + piece.offset;
  };
  const placed = chunks.map((chunk) => ({
    chunk,
    dictionaryAt: chunk.dictionaryPageOffset === undefined ? undefined : shift(chunk.dictionaryPageOffset),
    dataAt: shift(chunk.dataPageOffset),
    compressedBytes: chunk.compressedBytes,
  }));
  return makeCut(footer, rowGroup, pieces, [], placed, changes);
}

/** Writes what a cut does not take from its source; the pieces are the caller's. */
export function frameCut(cut: Cut, target: Uint8Array): void {
  for (const { bytes, offset } of cut.literals) target.set(bytes, offset);
}
