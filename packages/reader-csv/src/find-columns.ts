import { findUnspelled, withGivenTypes } from '@riffle/codec-text';
import { BadContentError, type ReadableFile } from '@riffle/core';
import { Field, Schema } from 'apache-arrow';
import { badRow } from './bad-row.ts';
import { csvRows, type CsvTextOptions } from './csv-rows.ts';
import { createColumnInference } from './infer-column.ts';

export interface ColumnOptions extends CsvTextOptions {
  readonly names: readonly string[] | undefined;
  readonly nulls: ReadonlySet<string>;
  readonly sampleRows: number;
}

/**
 * The columns of a file: their names from the options or the header, their types as given or as its first rows show.
 * @throws BadContentError for what `csvRows` refuses, a number of fields that is not that of the names, two columns of one name
 */
export async function findColumns(
  file: ReadableFile,
  given: ReadonlyMap<string, Field>,
  options: ColumnOptions,
): Promise<Schema> {
  let { names } = options;
  const { nulls, sampleRows } = options;
  let columns: ReturnType<typeof createColumnInference>[] | undefined;
  let rows = 0;
  reading: for await (const block of csvRows(file, options))
    for (const { fields, line } of block) {
      if (names === undefined) {
        names = fields;
        continue;
      }
      if (fields.length !== names.length)
        throw badRow(line, `it has ${fields.length} fields, and there are ${names.length} names`);
      columns ??= names.map(createColumnInference);
      for (const [index, field] of fields.entries()) if (!nulls.has(field)) columns[index]!.add(field);
      if (++rows === sampleRows) break reading;
    }
  const found = (names ?? []).map(
    (name, index) => new Field(name, columns?.[index]?.type() ?? createColumnInference().type(), true),
  );
  const absent = [...given.keys()].find((name) => !found.some((field) => field.name === name));
  if (absent !== undefined)
    throw new BadContentError(
      `It has no column ${absent}, for which a type was given; there are ${(names ?? []).join(', ')}.`,
      {
        column: absent,
        kind: 'metadata',
      },
    );
  const schema = withGivenTypes(new Schema(found), given);
  const unspelled = findUnspelled(schema);
  if (unspelled !== undefined)
    throw new BadContentError(unspelled.reason, { column: unspelled.column }, { code: 'UNSUPPORTED_CONTENT' });
  return schema;
}
