import { agreeOnFields, fieldsBelow, typeText, type Conversion } from '@riffle/columnar';
import type { ConversionRisk } from '@riffle/core';
import { DataType, Field, type Float, type Int, Precision } from 'apache-arrow';

export interface Described {
  readonly text: string;
  readonly risk: ConversionRisk;
}

const typeOf = (field: Field) => field.type as DataType;
/** Parts of a nested conversion that are told one by one. */
const mostParts = 4;

/** Whether a common type was reached that does not hold every value of the source, so that values are checked. */
function isChecked(source: DataType, target: DataType): boolean {
  if (DataType.isInt(source) && DataType.isInt(target))
    return (
      !(source as Int).isSigned && (target as Int).isSigned && (source as Int).bitWidth >= (target as Int).bitWidth
    );
  if (DataType.isInt(source) && DataType.isFloat(target))
    return (
      (source as Int).bitWidth === 64 ||
      ((source as Int).bitWidth === 32 && (target as Float).precision !== Precision.DOUBLE)
    );
  if (DataType.isFixedSizeList(target)) return !DataType.isFixedSizeList(source);
  // A finer unit reaches less far; days become milliseconds without a loss.
  return DataType.isTime(source) || DataType.isTimestamp(source) || DataType.isDuration(source);
}

/** Sizes of offsets are no part of what values mean. */
const sizeless = (type: DataType) => typeText(type).replaceAll('large_', '');

function leafRisk(source: DataType, target: DataType, { kind }: Conversion): ConversionRisk {
  if (kind === 'keep' && sizeless(source) === sizeless(target)) return 'none';
  if (kind === 'labels') return 'checked';
  if (kind === 'null' || kind === 'constant') return 'none';
  if (DataType.isDate(source) && DataType.isDate(target)) return source.unit > target.unit ? 'checked' : 'none';
  const agreed = agreeOnFields(new Field('', source), new Field('', target));
  if (!(agreed instanceof Field) || typeText(typeOf(agreed)) !== typeText(target)) return 'decided';
  return kind !== 'keep' && isChecked(source, target) ? 'checked' : 'none';
}

function leafText(source: DataType | undefined, target: DataType, conversion: Conversion): string {
  switch (conversion.kind) {
    case 'null':
      return 'null';
    case 'constant':
      return `always ${JSON.stringify(conversion.value)}`;
    case 'labels':
      return conversion.map.every((number, index) => number === index)
        ? 'numbers taken for labels'
        : 'labels renumbered';
    case 'label-names':
      return 'labels to their names, -1 to null';
    case 'label-numbers':
      return 'names to labels';
    default: {
      const [from, to] = [source === undefined ? '' : typeText(source), typeText(target)];
      return from === to ? 'kept' : `${from} to ${to}`;
    }
  }
}

/** Every change of a conversion, with the place below the column. */
function partsOf(
  source: Field | undefined,
  target: Field,
  path: string,
  conversion: Conversion,
): (Described & { readonly path: string })[] {
  const below = fieldsBelow(typeOf(target), path);
  const from = source === undefined ? [] : fieldsBelow(typeOf(source), path);
  const inside = (conversions: readonly { readonly source: number | undefined; readonly conversion: Conversion }[]) =>
    conversions.flatMap((part, index) =>
      partsOf(
        part.source === undefined ? undefined : from[part.source]?.field,
        below[index]!.field,
        below[index]!.path,
        part.conversion,
      ),
    );
  if (conversion.kind === 'struct') return inside(conversion.fields);
  if (conversion.kind === 'map')
    return inside([conversion.key, conversion.value].map((part, index) => ({ source: index, conversion: part })));
  if (conversion.kind === 'list') {
    const kind = (type: DataType) => (DataType.isFixedSizeList(type) ? `fixed_size_list of ${type.listSize}` : 'list');
    const parts = inside([{ source: 0, conversion: conversion.element }]);
    const [was, is] = [kind(typeOf(source!)), kind(typeOf(target))];
    if (was === is) return parts;
    const risk = isChecked(typeOf(source!), typeOf(target)) ? 'decided' : 'none';
    return [{ path, text: `${was} to ${is}`, risk }, ...parts];
  }
  const risk = source === undefined ? 'none' : leafRisk(typeOf(source), typeOf(target), conversion);
  return [{ path, text: leafText(source && typeOf(source), typeOf(target), conversion), risk }];
}

const risks: readonly ConversionRisk[] = ['none', 'checked', 'decided'];

/** A conversion in a few words, and what it can do to values. */
export function describeConversion(source: Field | undefined, target: Field, conversion: Conversion): Described {
  const parts = partsOf(source, target, target.name, conversion);
  const changed = parts.filter(({ text }) => text !== 'kept');
  const risk = risks[Math.max(0, ...parts.map((part) => risks.indexOf(part.risk)))]!;
  if (changed.length === 0) {
    const moved = conversion.kind === 'struct' ? 'fields in another order' : 'kept';
    return { text: moved, risk };
  }
  const told = changed
    .slice(0, mostParts)
    .map(({ path, text }) =>
      path === target.name ? text : `${path.slice(target.name.length).replace(/^\./, '')}: ${text}`,
    );
  const more = changed.length - told.length;
  return { text: told.join('; ') + (more > 0 ? `; ${more} more` : ''), risk };
}
