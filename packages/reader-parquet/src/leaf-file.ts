import type { OperationOptions, ReadableFile } from '@riffle/core';
import { parseRowGroup, planLeafCut } from '@riffle/codec-parquet';
import type { OpenedFile } from './opened-file.ts';

/**
 * One leaf column of one row group as a Parquet file of its own, whose bytes are read from `file` when they are asked for. Undefined if there is no
 * such leaf, or it is below a list. The caller closes `file`; closing this one does nothing.
 */
export function leafFile(
  file: ReadableFile,
  { footer }: OpenedFile,
  fragment: number,
  path: readonly string[],
): ReadableFile | undefined {
  if (!(fragment in footer.rowGroups)) return undefined;
  const rowGroup = parseRowGroup(footer, fragment);
  const chunk = rowGroup.chunks.find(
    ({ leaf }) =>
      leaf.maximumRepetitionLevel === 0 &&
      leaf.path.length === path.length &&
      leaf.path.every((name, index) => name === path[index]),
  );
  if (chunk === undefined) return undefined;
  const { length: size, pieces, literals } = planLeafCut(footer, rowGroup, chunk);

  async function read(offset: number, length: number, options?: OperationOptions): Promise<Uint8Array> {
    const end = offset + length;
    const bytes = new Uint8Array(length);
    for (const literal of literals) {
      const from = Math.max(offset, literal.offset);
      const to = Math.min(end, literal.offset + literal.bytes.length);
      if (from < to) bytes.set(literal.bytes.subarray(from - literal.offset, to - literal.offset), from - offset);
    }
    for (const piece of pieces) {
      const from = Math.max(offset, piece.offset);
      const to = Math.min(end, piece.offset + piece.length);
      if (from < to)
        bytes.set(await file.read(piece.sourceOffset + from - piece.offset, to - from, options), from - offset);
    }
    return bytes;
  }

  return { location: file.location, size, version: file.version, read, close: () => Promise.resolve() };
}
