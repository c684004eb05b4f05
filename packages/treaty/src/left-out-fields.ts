import { fieldsBelow, type Conversion } from '@riffle/columnar';
import type { DataType, Field } from 'apache-arrow';

/** Paths of fields of the source's structs that no field of the target is made from. */
export function leftOutFields(source: Field, path: string, conversion: Conversion): readonly string[] {
  const below = fieldsBelow(source.type as DataType, path);
  const parts: readonly { readonly source: number | undefined; readonly conversion: Conversion }[] =
    conversion.kind === 'struct'
      ? conversion.fields
      : conversion.kind === 'list'
        ? [{ source: 0, conversion: conversion.element }]
        : conversion.kind === 'map'
          ? [conversion.key, conversion.value].map((part, index) => ({ source: index, conversion: part }))
          : [];
  const used = new Set(parts.map((part) => part.source));
  const own =
    conversion.kind === 'struct' ? below.filter((_, index) => !used.has(index)).map((field) => field.path) : [];
  return [
    ...own,
    ...parts.flatMap((part) => {
      const placed = part.source === undefined ? undefined : below[part.source];
      return placed === undefined ? [] : leftOutFields(placed.field, placed.path, part.conversion);
    }),
  ];
}
