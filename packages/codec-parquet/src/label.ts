import { DataType, TimeUnit, type Dictionary, type Time } from 'apache-arrow';
import type { SchemaElement } from './schema-element.ts';

/**
 * Key of an Arrow field's metadata under which a label travels from the footer of a source to that of the output. It never stands in a
 * file: `ARROW:schema` goes without it.
 */
export const LABEL_KEY = 'PARQUET:logical_type';

/**
 * Logical types for which Arrow has no type of its own, so that the codec reads and writes their values without them. As they stand under
 * {@link LABEL_KEY}; the unit of a time is that of the Arrow type. INTERVAL is months, days and milliseconds, which no interval of Arrow is.
 */
const labels = ['UUID', 'ENUM', 'JSON', 'BSON', 'TIME(isAdjustedToUTC=true)', 'INTERVAL'] as const;

/** Bytes of each value, for labels of FIXED_LEN_BYTE_ARRAY. */
const widths: Readonly<Partial<Record<Label, number>>> = { UUID: 16, INTERVAL: 12 };

export type Label = (typeof labels)[number];

/** The label under {@link LABEL_KEY}, or undefined if it is none: metadata may come from anywhere. */
export function parseLabel(text: string | undefined): Label | undefined {
  return labels.find((label) => label === text);
}

function fitsElement(label: Label, { physicalType, typeLength, logicalType }: SchemaElement): boolean {
  const width = widths[label];
  if (width !== undefined) return physicalType === 'FIXED_LEN_BYTE_ARRAY' && typeLength === width;
  if (label === 'TIME(isAdjustedToUTC=true)') return logicalType === 'TIME';
  return physicalType === 'BYTE_ARRAY';
}

function fitsType(label: Label, type: DataType): boolean {
  if (DataType.isDictionary(type)) return fitsType(label, (type as Dictionary).dictionary);
  const width = widths[label];
  if (width !== undefined) return DataType.isFixedSizeBinary(type) && type.byteWidth === width;
  // Seconds are not among Parquet's units.
  if (label === 'TIME(isAdjustedToUTC=true)') return DataType.isTime(type) && (type as Time).unit !== TimeUnit.SECOND;
  return (
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isUtf8View(type) ||
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isBinaryView(type)
  );
}

/** Whether a leaf of this Arrow type, stored as this element, can have the label. Another logical type of the element is no obstacle. */
export function labelFits(label: Label, type: DataType, element: SchemaElement): boolean {
  return fitsType(label, type) && fitsElement(label, element);
}

/** The label that a file's schema gives to a leaf, whether it fits or not. */
export function labelOf({ logicalType, convertedType, adjustedToUtc }: SchemaElement): Label | undefined {
  // A converted type alone does not say whether a time is in UTC: older writers had no other for local times.
  if (logicalType === 'TIME') return adjustedToUtc ? 'TIME(isAdjustedToUTC=true)' : undefined;
  return parseLabel(logicalType ?? convertedType);
}
