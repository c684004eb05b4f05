import { fieldsBelow } from '@riffle/columnar';
import { DataType, type Field } from 'apache-arrow';
import type { ReadFeature } from './feature.ts';
import { mediaTypes } from './storage-type.ts';

type Special = Extract<ReadFeature, { readonly kind: 'special' }>['feature'];

export function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

export function isList(type: DataType): boolean {
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
}

function isBytes(type: DataType): boolean {
  return DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type) || isText(type);
}

/** Bytes and a path, in any order, or one of them. */
function holdsMedia(type: DataType): boolean {
  const fields = DataType.isStruct(type) ? fieldsBelow(type, '') : [];
  const isPart = ({ name, type: own }: Field) =>
    (name === 'bytes' && (isBytes(own as DataType) || DataType.isNull(own))) ||
    (name === 'path' && (isText(own as DataType) || DataType.isNull(own)));
  return fields.length > 0 && fields.every(({ field }) => isPart(field));
}

function hasLevels(type: DataType, levels: number): boolean {
  return levels === 0 || (isList(type) && hasLevels((type.children[0] as Field).type as DataType, levels - 1));
}

function holdsTranslations({ _type, languages }: Special, type: DataType): boolean {
  if (!DataType.isStruct(type)) return false;
  if (_type !== 'Translation') return true;
  if (!Array.isArray(languages)) return false;
  const known = new Set(languages);
  return fieldsBelow(type, '').every(
    ({ field }) => known.has(field.name) && (isText(field.type as DataType) || DataType.isNull(field.type)),
  );
}

function hasLabels({ names, num_classes: count }: Special): boolean {
  return Array.isArray(names) ? new Set(names).size === names.length : Number.isInteger(count);
}

/**
 * Whether values of a type can be what a special feature says. Metadata outlives the columns that it was written for: pyarrow keeps it when a column is
 * replaced by another. Width, order and missing parts are no matter, since the treaty mends them.
 */
export function fitsType(feature: Special, type: DataType): boolean {
  const name = String(feature['_type']);
  if (DataType.isNull(type)) return true;
  if (name === 'ClassLabel') return DataType.isInt(type) && hasLabels(feature);
  if (mediaTypes.has(name)) return holdsMedia(type);
  if (name.startsWith('Translation')) return holdsTranslations(feature, type);
  if (name === 'Json') return isText(type);
  const [, levels] = /^Array([2-5])D$/.exec(name) ?? [];
  return levels === undefined || hasLevels(type, Number(levels));
}
