import { batchOfColumns, columnsOfBatch, schemaFromBytes, schemaToBytes, type Column } from '@riffle/columnar';
import type { PartitionColumn, Reader } from '@riffle/core';
import { Schema, type Field } from 'apache-arrow';
import { leftOut, placesOf } from './partitioning.ts';
import { columnOf, type PartitionValue } from './partition-value.ts';

/**
 * A reader that gives back to a file's rows the columns that only its path tells, at their places in the treaty: what is read is compared as if no column had been left out.
 *
 * @param treaty an IPC stream of zero batches.
 * @param values those of `by`, in its order. What is no value of its column is bad content.
 */
export function restoringReader(
  reader: Reader,
  treaty: Uint8Array,
  by: readonly PartitionColumn[],
  values: readonly PartitionValue[],
): Reader {
  const whole = schemaFromBytes(treaty);
  const places = placesOf(by, whole);
  const restored = by
    .map(({ kept }, index) => ({ kept, place: places[index]!, value: values[index] ?? null }))
    .filter(({ kept, place }) => !kept && place >= 0)
    .sort((one, other) => one.place - other.place);
  const absent = leftOut(by);
  const inFile = schemaToBytes(new Schema(whole.fields.filter(({ name }) => !absent.has(name))));
  const withFields = (schema: Schema): Schema => {
    const fields: Field[] = [...schema.fields];
    for (const { place } of restored) fields.splice(place, 0, whole.fields[place]!);
    return new Schema(fields, schema.metadata);
  };
  return {
    ...reader,
    async survey(file, options) {
      const survey = await reader.survey(file, { ...options, schema: inFile });
      return { ...survey, schema: schemaToBytes(withFields(schemaFromBytes(survey.schema))) };
    },
    async *read(file, fragment, options) {
      let schema: Schema | undefined;
      for await (const batch of reader.read(file, fragment, { ...options, schema: inFile })) {
        schema ??= withFields(batch.schema);
        const { rows, columns } = columnsOfBatch(batch);
        const all: Column[] = [...columns];
        for (const { place, value } of restored) all.splice(place, 0, columnOf(whole.fields[place]!, value, rows));
        yield batchOfColumns(schema, { rows, columns: all });
      }
    },
  };
}
