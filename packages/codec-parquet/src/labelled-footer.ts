import { schemaElementField } from './footer-fields.ts';
import type { Footer } from './footer.ts';
import type { Label } from './label.ts';
import type { SchemaElement } from './schema-element.ts';
import { fieldsOf, thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, structPart, type ThriftPart } from './thrift-writer.ts';
import { withElements } from './with-elements.ts';

/**
 * Numbers of the ConvertedType, for readers who do not know the LogicalType. UUID has none; BSON goes without, since DuckDB 2.0 refuses
 * files that have it, and reads those with the LogicalType alone.
 */
const convertedTypes: Readonly<Partial<Record<Label, number>>> = { ENUM: 4, JSON: 19, INTERVAL: 21 };
/** Field ids in the union LogicalType, which has none for INTERVAL. */
const logicalTypes: Readonly<Partial<Record<Label, number>>> = { ENUM: 4, JSON: 12, BSON: 13, UUID: 14 };
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
  const [converted, logical] = [convertedTypes[label], logicalTypes[label]];
  return [
    ...(converted === undefined ? [] : [integerPart(schemaElementField.convertedType, thriftType.int32, converted)]),
    ...(logical === undefined ? [] : [structPart(schemaElementField.logicalType, [structPart(logical, [])])]),
  ];
}

/**
 * The footer with labels in place of the logical types that leaves have, for each leaf that is given one. They must fit.
 * Source: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
 */
export function labelledFooter(footer: Footer, labels: readonly (Label | undefined)[]): Footer {
  return withElements(footer, (element, leaf) => {
    const label = labels[leaf];
    if (label === undefined) return undefined;
    return [...copiedParts(footer.bytes, element.fields, kept), ...labelParts(label, footer.bytes, element)];
  });
}
