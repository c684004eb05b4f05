import { planCut, type Cut } from './cut.ts';
import type { Footer } from './footer.ts';
import { FIXED_LEN_BYTE_ARRAY, singleLeafSchema } from './leaf-schema.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';

/** Plans a small file of one leaf column of a row group. Lists and maps around it come out as plain groups. */
export function planLeafCut(footer: Footer, rowGroup: RowGroup, chunk: ColumnChunk): Cut {
  return planCut(footer, rowGroup, [chunk], { schema: singleLeafSchema(footer, chunk.leaf), withoutKeyValues: true });
}

/**
 * Plans the same for a column of 12-byte values (INT96) that then decode to their bytes as they stand, as
 * fixed-size binary: the physical layout is the same, only the schema says so.
 */
export function planRawCut(footer: Footer, rowGroup: RowGroup, chunk: ColumnChunk): Cut {
  return planCut(footer, rowGroup, [chunk], {
    schema: singleLeafSchema(footer, chunk.leaf, 12),
    physicalType: FIXED_LEN_BYTE_ARRAY,
    withoutKeyValues: true,
  });
}
