import { magic, type PlacedChunk } from './cut-footer.ts';
import { makeCut, type Cut, type CutLiteral, type CutPiece } from './cut.ts';
import type { Footer } from './footer.ts';
import type { LeafColumn } from './leaf-columns.ts';
import { createLevelRuns } from './level-runs.ts';
import { pageHeader } from './page-header.ts';
import type { RowGroup } from './row-group.ts';

/** `count` equal levels. */
function equalLevels(largest: number, level: number, count: number): Uint8Array {
  const runs = createLevelRuns(largest);
  runs.put(level, count);
  return runs.take();
}

/** A page of `rows` rows without a value, down to a definition level less than the leaf's own. */
function hollowPage(leaf: LeafColumn, rows: number, level: number): Uint8Array {
  const levels = [
    ...(leaf.maximumRepetitionLevel > 0 ? [equalLevels(leaf.maximumRepetitionLevel, 0, rows)] : []),
    equalLevels(leaf.maximumDefinitionLevel, level, rows),
  ];
  const header = pageHeader({
    values: rows,
    bodyBytes: levels.reduce((sum, { length }) => sum + length, 0),
    encoding: 'PLAIN',
  });
  return Buffer.concat([header, ...levels]);
}

/**
 * Plans a row group of the same schema, of which some columns hold no values: every row of them is defined down to a level that is
 * given by the column's number, less than its highest and less than 256. For a reader that decodes these columns itself.
 * @param whole where the chunks stand in what is cut from: the plan of the whole row group.
 */
export function planHollowCut(
  footer: Footer,
  rowGroup: RowGroup,
  whole: Cut,
  levels: ReadonlyMap<number, number>,
): Cut {
  const pieces: CutPiece[] = [];
  const literals: CutLiteral[] = [];
  let offset = magic.length;
  const placed = rowGroup.chunks.map((chunk, column): PlacedChunk => {
    const start = offset;
    const level = levels.get(column);
    if (level === undefined) {
      pieces.push({ sourceOffset: whole.chunkOffsets[column]!, length: chunk.compressedBytes, offset });
      offset += chunk.compressedBytes;
      const dataAt = start + chunk.dataPageOffset - chunk.start;
      const dictionaryAt = chunk.dictionaryPageOffset === undefined ? undefined : start;
      return { chunk, dictionaryAt, dataAt, compressedBytes: chunk.compressedBytes };
    }
    const bytes = hollowPage(chunk.leaf, rowGroup.rows, level);
    literals.push({ bytes, offset });
    offset += bytes.length;
    return { chunk, dictionaryAt: undefined, dataAt: start, compressedBytes: bytes.length, hollowRows: rowGroup.rows };
  });
  return makeCut(footer, rowGroup, pieces, literals, placed, {});
}
