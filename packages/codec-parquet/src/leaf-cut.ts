import { columnMetadataField, fileMetadataField, schemaElementField } from './footer-fields.ts';
import { planCut, type Cut } from './cut.ts';
import type { Footer } from './footer.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';
import { thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, listPart, structBytes } from './thrift-writer.ts';

/** Number of FIXED_LEN_BYTE_ARRAY among physical types. */
const FIXED_LEN_BYTE_ARRAY = 7;

/** Bytes of an INT96 or INTERVAL value. */
const RAW_BYTES = 12;

/**
 * Plans a small file of some 12-byte columns (INT96, or INTERVAL) whose values decode to their bytes as they stand, as
 * FixedSizeBinary(12): the physical layout is the same, only the schema says so. Annotations are left out, so lists and
 * maps around them come out as plain groups.
 */
export function planRawCut(footer: Footer, rowGroup: RowGroup, chunks: readonly ColumnChunk[]): Cut {
  const leaves = new Set(chunks.map(({ leaf }) => leaf.elements.at(-1)!));
  const kept = new Set(chunks.flatMap(({ leaf }) => leaf.elements));
  const childCounts = new Map<number, number>();
  for (const index of kept) {
    const path = chunks.find(({ leaf }) => leaf.elements.includes(index))!.leaf.elements;
    const parent = path[path.indexOf(index) - 1] ?? 0;
    childCounts.set(parent, (childCounts.get(parent) ?? 0) + 1);
  }
  const elements = [0, ...[...kept].toSorted((left, right) => left - right)].map((index) => {
    const parts = copiedParts(footer.bytes, footer.schema[index]!.fields, [schemaElementField.repetition, schemaElementField.name]);
    return structBytes(
      leaves.has(index)
        ? [...parts, integerPart(schemaElementField.type, thriftType.int32, FIXED_LEN_BYTE_ARRAY), integerPart(schemaElementField.typeLength, thriftType.int32, RAW_BYTES)]
        : [...parts, integerPart(schemaElementField.children, thriftType.int32, childCounts.get(index) ?? 0)],
    );
  });
  return planCut(footer, rowGroup, chunks, {
    schema: listPart(fileMetadataField.schema, thriftType.struct, elements),
    chunk: () => [integerPart(columnMetadataField.type, thriftType.int32, FIXED_LEN_BYTE_ARRAY)],
    withoutKeyValues: true,
  });
}
