import { columnChunkField, columnMetadataField, fileMetadataField, rowGroupField } from './footer-fields.ts';
import type { Footer } from './footer.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';
import { thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, listPart, structBytes, structPart, type ThriftPart } from './thrift-writer.ts';

/** Bytes to copy from the source file into the small file. */
export interface CutPiece {
  readonly sourceOffset: number;
  readonly length: number;
  /** Position in the small file. */
  readonly offset: number;
}

/**
 * A plan for a small but complete Parquet file: pieces of a source file between `PAR1` and a footer of its own.
 * Types come out as in the source, since schema, key-value pairs and column orders are taken over byte by byte.
 */
export interface Cut {
  /** Size of the small file. */
  readonly length: number;
  /** Ascending, without overlap: a hostile footer cannot make the small file larger than its source. */
  readonly pieces: readonly CutPiece[];
  /** Metadata, its length and the magic: the end of the small file. */
  readonly tail: Uint8Array;
  /** Where each chunk's first page stands in the small file, in the order given. */
  readonly chunkOffsets: readonly number[];
}

/** What to put into the footer in place of what the source has. */
export interface CutChanges {
  /** Replaces the schema, for instance to read a column's bytes without conversion. */
  readonly schema?: ThriftPart;
  /** Replaces parts of a chunk's metadata, for instance its physical type. */
  readonly chunk?: (chunk: ColumnChunk) => readonly ThriftPart[];
  /** Leaves out key-value pairs, and so the Arrow schema that the writer noted there. */
  readonly withoutKeyValues?: boolean;
}

const magic = Uint8Array.from([0x50, 0x41, 0x52, 0x31]);

/** Reading a few bytes too many costs less than one more read. */
const LARGEST_GAP = 64 * 1024;

/** Pieces that cover all chunks; neighbours are joined over small gaps (indexes, bloom filters). */
function piecesOf(chunks: readonly ColumnChunk[]): CutPiece[] {
  const ranges = chunks.map(({ start, compressedBytes }) => ({ start, end: start + compressedBytes })).filter(({ start, end }) => end > start);
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

function shiftInto(pieces: readonly CutPiece[], sourceOffset: number): number {
  const piece = pieces.findLast((candidate) => candidate.sourceOffset <= sourceOffset);
  return piece === undefined ? magic.length : sourceOffset - piece.sourceOffset + piece.offset;
}

// Statistics, indexes and bloom filters are left out: they are not needed to decode, and some writers get them wrong.
const keptMetadata = [
  columnMetadataField.type, columnMetadataField.encodings, columnMetadataField.path, columnMetadataField.codec,
  columnMetadataField.values, columnMetadataField.uncompressedBytes, columnMetadataField.compressedBytes,
];

function chunkBytes(footer: Footer, chunk: ColumnChunk, pieces: readonly CutPiece[], changes: CutChanges): Uint8Array {
  const { dictionaryPageOffset } = chunk;
  const offsets = [integerPart(columnMetadataField.dataPageOffset, thriftType.int64, shiftInto(pieces, chunk.dataPageOffset))];
  if (dictionaryPageOffset !== undefined) {
    offsets.push(integerPart(columnMetadataField.dictionaryPageOffset, thriftType.int64, shiftInto(pieces, dictionaryPageOffset)));
  }
  const changed = changes.chunk?.(chunk) ?? [];
  const kept = copiedParts(footer.bytes, chunk.fields, keptMetadata).filter((part) => !changed.some(({ id }) => id === part.id));
  return structBytes([
    integerPart(columnChunkField.fileOffset, thriftType.int64, 0),
    structPart(columnChunkField.metadata, [...kept, ...changed, ...offsets]),
  ]);
}

function tailOf(metadata: Uint8Array): Uint8Array {
  const tail = new Uint8Array(metadata.length + 8);
  tail.set(metadata);
  new DataView(tail.buffer).setUint32(metadata.length, metadata.length, true);
  tail.set(magic, metadata.length + 4);
  return tail;
}

function fileParts(footer: Footer, rows: number, rowGroups: readonly Uint8Array[], changes: CutChanges): ThriftPart[] {
  const ids: number[] = [fileMetadataField.version, fileMetadataField.createdBy];
  if (changes.schema === undefined) ids.push(fileMetadataField.schema, fileMetadataField.columnOrders);
  if (changes.withoutKeyValues !== true) ids.push(fileMetadataField.keyValues);
  return [
    ...copiedParts(footer.bytes, footer.fields, ids),
    ...(changes.schema === undefined ? [] : [changes.schema]),
    integerPart(fileMetadataField.rows, thriftType.int64, rows),
    listPart(fileMetadataField.rowGroups, thriftType.struct, rowGroups),
  ];
}

/** Plans a file of one row group with some of its chunks; all of them unless a new schema says otherwise. */
export function planCut(footer: Footer, rowGroup: RowGroup, chunks: readonly ColumnChunk[] = rowGroup.chunks, changes: CutChanges = {}): Cut {
  const pieces = piecesOf(chunks);
  const bytes = structBytes([
    listPart(rowGroupField.columns, thriftType.struct, chunks.map((chunk) => chunkBytes(footer, chunk, pieces, changes))),
    ...copiedParts(footer.bytes, rowGroup.fields, [rowGroupField.bytes, rowGroupField.rows]),
  ]);
  const tail = tailOf(structBytes(fileParts(footer, rowGroup.rows, [bytes], changes)));
  const last = pieces.at(-1);
  const length = (last === undefined ? magic.length : last.offset + last.length) + tail.length;
  return { length, pieces, tail, chunkOffsets: chunks.map((chunk) => shiftInto(pieces, chunk.start)) };
}

/** Writes head and tail of a cut; the pieces between are the caller's. */
export function frameCut(cut: Cut, target: Uint8Array): void {
  target.set(magic);
  target.set(cut.tail, cut.length - cut.tail.length);
}

/** A file of the same schema and key-value pairs without row groups, for asking the codec what the Arrow schema is. */
export function schemaOnlyFile(footer: Footer): Uint8Array {
  const tail = tailOf(structBytes(fileParts(footer, 0, [], {})));
  const file = new Uint8Array(magic.length + tail.length);
  file.set(magic);
  file.set(tail, magic.length);
  return file;
}
