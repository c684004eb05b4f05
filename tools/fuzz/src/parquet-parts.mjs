import { fieldOf, numberOf, readStruct, thriftType, writeStruct } from './thrift-tree.mjs';

/**
 * A sound Parquet file taken apart: `{ bytes, footerStart, footer, chunks }`. Each chunk has its row group, its column, its `metadata`
 * (a node within the footer's tree) and its `pages` with their header as a tree; positions count from the file's start.
 * Field numbers: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function takeApart(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footerStart = bytes.length - 8 - view.getUint32(bytes.length - 8, true);
  const footer = readStruct(bytes, footerStart).tree;
  const chunks = rowGroupsOf(footer).flatMap((rowGroup, group) =>
    fieldOf(rowGroup, 1).value.items.map((chunk, column) => {
      const metadata = fieldOf(chunk, 3);
      const data = numberOf(metadata, 9);
      const dictionary = numberOf(metadata, 11) ?? 0;
      const start = dictionary > 0 && dictionary < data ? dictionary : data;
      const end = start + numberOf(metadata, 7);
      return { group, column, chunk, metadata, start, end, pages: walkPages(bytes, start, end) };
    }),
  );
  return { bytes, footerStart, footer, chunks };
}

/** The row groups of a footer, as nodes. */
export function rowGroupsOf(footer) {
  return fieldOf(footer, 4)?.value.items ?? [];
}

function walkPages(bytes, from, to) {
  const pages = [];
  for (let at = from; at < to;) {
    const { tree, end } = readStruct(bytes, at);
    const length = numberOf(tree, 3);
    pages.push({ headerStart: at, header: tree, start: end, end: end + length });
    at = end + length;
  }
  return pages;
}

/** A file of what stands before the footer, and a footer. */
export function assemble(body, footer) {
  const metadata = writeStruct(footer);
  const tail = new Uint8Array(8);
  new DataView(tail.buffer).setUint32(0, metadata.length, true);
  tail.set([0x50, 0x41, 0x52, 0x31], 4);
  return join(body, metadata, tail);
}

export function join(...parts) {
  return new Uint8Array(Buffer.concat(parts));
}

const columnOffsets = [9, 10, 11, 14];
const chunkOffsets = [2, 4, 6];

/** Moves what the footer says of positions from `from` on by `delta` bytes. */
function shiftOffsets(footer, from, delta) {
  const shift = (tree, ids) => {
    for (const id of ids) {
      const node = fieldOf(tree, id);
      if (node !== undefined && node.value >= BigInt(from)) node.value += BigInt(delta);
    }
  };
  for (const rowGroup of rowGroupsOf(footer)) {
    shift(rowGroup, [5]);
    for (const chunk of fieldOf(rowGroup, 1).value.items) {
      shift(chunk, chunkOffsets);
      shift(fieldOf(chunk, 3), columnOffsets);
    }
  }
}

/**
 * Puts other bytes in place of those from `start` to `end`, and keeps the footer right: offsets behind, and the size of the chunk
 * around. Changes the footer in `parts`; what `parts` says of chunks and pages no longer holds.
 */
export function replaceBytes({ bytes, footerStart, footer, chunks }, start, end, replacement) {
  const body = join(bytes.subarray(0, start), replacement, bytes.subarray(end, footerStart));
  const delta = replacement.length - (end - start);
  const chunk = chunks.find((candidate) => start >= candidate.start && end <= candidate.end);
  if (chunk !== undefined) fieldOf(chunk.metadata, 7).value += BigInt(delta);
  shiftOffsets(footer, end, delta);
  return assemble(body, footer);
}

/** An integer node. */
export function integer(type, value) {
  return { type: thriftType[type], value: BigInt(value) };
}
