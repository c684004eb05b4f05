import { magic, type PlacedChunk } from './cut-footer.ts';
import { makeCut, type Cut, type CutLiteral, type CutPiece } from './cut.ts';
import type { Footer } from './footer.ts';
import { hollowPage } from './hollow-page.ts';
import type { RowGroup } from './row-group.ts';

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
