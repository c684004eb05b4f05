import { fileMetadataField, schemaElementField } from './footer-fields.ts';
import { parseFooter, type Footer } from './footer.ts';
import type { Label } from './label.ts';
import type { SchemaElement } from './schema-element.ts';
import { fieldsOf, thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, listPart, structBytes, structPart, type ThriftPart } from './thrift-writer.ts';

/**
 * Numbers of the ConvertedType, for readers who do not know the LogicalType. UUID has none; BSON goes without, since DuckDB 2.0 refuses
 * files that have it, and reads those with the LogicalType alone.
 */
const convertedTypes: Readonly<Partial<Record<Label, number>>> = { ENUM: 4, JSON: 19 };
/** Field ids in the union LogicalType. */
const logicalTypes = { ENUM: 4, JSON: 12, BSON: 13, UUID: 14 } as const;
const TIME = 7;
const timeField = { adjustedToUtc: 1, unit: 2 } as const;

/** What an element keeps beside its label: scale and precision belong to another. */
const kept = [
  schemaElementField.type,
  schemaElementField.typeLength,
  schemaElementField.repetition,
  schemaElementField.name,
  schemaElementField.children,
  schemaElementField.fieldId,
];

/** The same unit and the same converted type: that of a time means UTC already. */
function timeInUtc(bytes: Uint8Array, { fields }: SchemaElement): ThriftPart[] {
  const time = fieldsOf(bytes, fieldsOf(bytes, fields.get(schemaElementField.logicalType)).get(TIME));
  return [
    ...copiedParts(bytes, fields, [schemaElementField.convertedType]),
    structPart(schemaElementField.logicalType, [
      structPart(TIME, [
        { id: timeField.adjustedToUtc, type: thriftType.true, content: new Uint8Array() },
        ...copiedParts(bytes, time, [timeField.unit]),
      ]),
    ]),
  ];
}

function labelParts(label: Label, bytes: Uint8Array, element: SchemaElement): ThriftPart[] {
  if (label === 'TIME(isAdjustedToUTC=true)') return timeInUtc(bytes, element);
  const logical = structPart(schemaElementField.logicalType, [structPart(logicalTypes[label], [])]);
  const converted = convertedTypes[label];
  if (converted === undefined) return [logical];
  return [integerPart(schemaElementField.convertedType, thriftType.int32, converted), logical];
}

/**
 * The footer with labels in place of the logical types that leaves have, for each leaf that is given one. They must fit.
 * Source: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
 */
export function labelledFooter(footer: Footer, labels: readonly (Label | undefined)[]): Footer {
  const { bytes, fields } = footer;
  const labelAt = new Map(footer.leaves.map(({ elements }, leaf) => [elements.at(-1)!, labels[leaf]]));
  const elements = footer.schema.map((element, index) => {
    const label = labelAt.get(index);
    if (label === undefined) return structBytes(copiedParts(bytes, element.fields, [...element.fields.keys()]));
    return structBytes([...copiedParts(bytes, element.fields, kept), ...labelParts(label, bytes, element)]);
  });
  const others = [...fields.keys()].filter((id) => id !== fileMetadataField.schema);
  const labelled = structBytes([
    ...copiedParts(bytes, fields, others),
    listPart(fileMetadataField.schema, thriftType.struct, elements),
  ]);
  return parseFooter(labelled, footer.fileSize);
}
