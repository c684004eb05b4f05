import { fileMetadataField } from './footer-fields.ts';
import { parseFooter, type Footer } from './footer.ts';
import type { SchemaElement } from './schema-element.ts';
import { thriftType } from './thrift-reader.ts';
import { copiedParts, listPart, structBytes, type ThriftPart } from './thrift-writer.ts';

/**
 * The footer with some leaves' schema elements made of other fields; all else is taken over as it stands.
 * @param partsOf the fields of a leaf's element, or undefined if it stays; `leaf` is its index among the leaves
 */
export function withElements(
  footer: Footer,
  partsOf: (element: SchemaElement, leaf: number) => readonly ThriftPart[] | undefined,
): Footer {
  const { bytes, fields } = footer;
  const changed = new Map(
    footer.leaves.map(({ element, elements }, leaf) => [elements.at(-1)!, partsOf(element, leaf)]),
  );
  const elements = footer.schema.map((element, index) =>
    structBytes(changed.get(index) ?? copiedParts(bytes, element.fields, [...element.fields.keys()])),
  );
  const others = [...fields.keys()].filter((id) => id !== fileMetadataField.schema);
  const metadata = structBytes([
    ...copiedParts(bytes, fields, others),
    listPart(fileMetadataField.schema, thriftType.struct, elements),
  ]);
  return parseFooter(metadata, footer.fileSize);
}
