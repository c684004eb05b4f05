import { BadContentError } from '@riffle/core';
import { DataType, RecordBatch, Struct, type Data, type Field, type Schema } from 'apache-arrow';
import type { Cell } from './cell.ts';
import { findUnspelled } from './find-unspelled.ts';
import { fixedStore } from './leaf-stores.ts';
import { makeBuilder } from './make-builder.ts';
import type { UnknownMembers } from './nested-builders.ts';

/** Collects rows into batches of about a size. */
export interface RowBuilder {
  /** @param textBytes Bytes of the row's text. @throws ValueProblem */
  append(row: Exclude<Cell, null>, textBytes: number): void;
  /** Bytes of Arrow data that `textBytes` more would make it, estimated from above. */
  bytesWith(textBytes: number): number;
  rows(): number;
  /** The rows so far; begins anew. */
  finish(): RecordBatch;
}

const widthOf = (type: DataType): number => fixedStore(type)?.width ?? (DataType.isBool(type) ? 1 : 4);

/** Bytes that every row takes, whatever its text. */
function fixedBytes(type: DataType): number {
  const children = ((type.children ?? []) as Field[]).map((field) => fixedBytes(field.type as DataType));
  const sum = children.reduce((total, bytes) => total + bytes, 0);
  if (DataType.isStruct(type)) return sum + 1;
  if (DataType.isFixedSizeList(type)) return sum * type.listSize + 1;
  return widthOf(type) + 1;
}

/** Arrow bytes that a byte of text may become in lists: an element of one digit takes two. */
function growth(type: DataType, isInList: boolean): number {
  const children = ((type.children ?? []) as Field[]).map((field) => field.type as DataType);
  const nested = isInList || DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type);
  if (children.length === 0) return isInList ? Math.max(1, (widthOf(type) + 1) / 2) : 1;
  return children.reduce((most, child) => Math.max(most, growth(child, nested)), 1);
}

/** @throws BadContentError `UNSUPPORTED_CONTENT` for what {@link findUnspelled} finds. */
export function createRowBuilder(schema: Schema, unknownMembers: UnknownMembers): RowBuilder {
  const unspelled = findUnspelled(schema);
  if (unspelled !== undefined)
    throw new BadContentError(unspelled.reason, { column: unspelled.column }, { code: 'UNSUPPORTED_CONTENT' });
  const type = new Struct(schema.fields);
  const builder = makeBuilder(type, unknownMembers);
  const perRow = fixedBytes(type);
  const perByte = growth(type, false);
  let rows = 0;
  let bytes = 0;
  return {
    append(row, textBytes) {
      builder.append(row);
      rows++;
      bytes += perRow + perByte * textBytes;
    },
    bytesWith: (textBytes) => bytes + perRow + perByte * textBytes,
    rows: () => rows,
    finish() {
      rows = bytes = 0;
      return new RecordBatch(schema, builder.finish() as Data<Struct>);
    },
  };
}
