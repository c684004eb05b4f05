import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import { RiffleError, type Layout, type PartitionColumn, type Writer } from '@riffle/core';
import { withoutColumns } from '@riffle/treaty';
import type { DataType, Schema } from 'apache-arrow';
import { canPartition } from './partition-value.ts';

/** How shards are divided into files by the values of columns. Data for workers. */
export interface Partitioning {
  readonly by: readonly PartitionColumn[];
  /** The treaty's columns that the files have, as an IPC stream of zero batches. */
  readonly fileSchema: Uint8Array;
}

/** Names of the columns that only paths tell. */
export function leftOut(by: readonly PartitionColumn[]): ReadonlySet<string> {
  return new Set(by.filter(({ kept }) => !kept).map(({ column }) => column));
}

/** Where the columns of `by` stand in a schema; -1 for those that it lacks. */
export function placesOf(by: readonly PartitionColumn[], schema: Schema): readonly number[] {
  return by.map(({ column }) => schema.fields.findIndex(({ name }) => name === column));
}

function problemOf(by: readonly PartitionColumn[], schema: Schema, writer: Writer): string | undefined {
  if (writer.capabilities.partitions !== true)
    return `the writer ${writer.name} needs whole shards. Take another format, or names without columns`;
  for (const [index, place] of placesOf(by, schema).entries()) {
    const { column } = by[index]!;
    const field = schema.fields[place];
    if (field === undefined)
      return `there is no column ${column}. The columns are ${schema.fields.map(({ name }) => name).join(', ')}`;
    if (!canPartition(field.type as DataType))
      return `column ${column} is ${String(field.type)}, and only texts, whole numbers and booleans can name folders`;
  }
  return leftOut(by).size === schema.fields.length ? 'no column would be left for the files' : undefined;
}

/**
 * How the layout divides the shards of these columns; undefined if each is one file.
 * @throws RiffleError `PARTITION_INVALID` if it cannot.
 */
export function partitioningOf(
  layout: Layout | undefined,
  treaty: Uint8Array,
  writer: Writer,
): Partitioning | undefined {
  const by = layout?.partitionBy ?? [];
  if (by.length === 0) return undefined;
  const schema = schemaFromBytes(treaty);
  const problem = problemOf(by, schema, writer);
  if (problem !== undefined)
    throw new RiffleError(
      'PARTITION_INVALID',
      `The result cannot be divided by ${by.map(({ column }) => column).join(' and ')}: ${problem}. Nothing was written.`,
      { columns: by.map(({ column }) => column) },
    );
  return { by, fileSchema: schemaToBytes(withoutColumns(schema, leftOut(by))) };
}
