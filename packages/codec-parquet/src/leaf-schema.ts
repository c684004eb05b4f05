import { fileMetadataField, schemaElementField } from './footer-fields.ts';
import type { Footer } from './footer.ts';
import type { LeafColumn } from './leaf-columns.ts';
import { thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, listPart, structBytes, type ThriftPart } from './thrift-writer.ts';

/** Number of FIXED_LEN_BYTE_ARRAY among physical types. */
export const FIXED_LEN_BYTE_ARRAY = 7;

const { int32 } = thriftType;

function element(footer: Footer, index: number, parts: readonly ThriftPart[], withRepetition = true): Uint8Array {
  const ids = withRepetition ? [schemaElementField.repetition, schemaElementField.name] : [schemaElementField.name];
  return structBytes([...copiedParts(footer.bytes, footer.schema[index]!.fields, ids), ...parts]);
}

function schemaOf(elements: readonly Uint8Array[]): ThriftPart {
  return listPart(fileMetadataField.schema, thriftType.struct, elements);
}

/**
 * The schema of one leaf with the groups around it and nothing else. Groups lose their annotations, so lists and maps come
 * out as plain groups. The leaf keeps its own, or becomes fixed-size binary of `rawBytes` bytes.
 */
export function singleLeafSchema(footer: Footer, leaf: LeafColumn, rawBytes?: number): ThriftPart {
  const groups = [0, ...leaf.elements.slice(0, -1)].map((index) =>
    element(footer, index, [integerPart(schemaElementField.children, int32, 1)]),
  );
  const index = leaf.elements.at(-1)!;
  const { fields } = footer.schema[index]!;
  const own =
    rawBytes === undefined
      ? structBytes(copiedParts(footer.bytes, fields, [...fields.keys()]))
      : element(footer, index, [
          integerPart(schemaElementField.type, int32, FIXED_LEN_BYTE_ARRAY),
          integerPart(schemaElementField.typeLength, int32, rawBytes),
        ]);
  return schemaOf([...groups, own]);
}

/** The schema of one leaf as a required column of its own: one value a row, no levels. */
export function requiredLeafSchema(footer: Footer, leaf: LeafColumn, physicalType: number): ThriftPart {
  return schemaOf([
    element(footer, 0, [integerPart(schemaElementField.children, int32, 1)]),
    element(
      footer,
      leaf.elements.at(-1)!,
      [integerPart(schemaElementField.type, int32, physicalType), integerPart(schemaElementField.repetition, int32, 0)],
      false,
    ),
  ]);
}
