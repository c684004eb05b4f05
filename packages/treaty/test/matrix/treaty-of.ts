import { RiffleError } from '@riffle/core';
import { Field, Int8, Schema, type DataType } from 'apache-arrow';
import { makeTreaty } from '../../src/make-treaty.ts';
import type { SchemaRules, Treaty } from '../../src/treaty.ts';

/** The treaty of two collections, whose column `c` has these types. The other column is there so that `c` can be dropped. */
export function treatyOf(one: DataType, other: DataType, columns: SchemaRules['columns'] = {}): Treaty {
  const sources = [one, other].map((type, index) => {
    const collection = ['one', 'two'][index]!;
    const schema = new Schema([new Field('c', type, true), new Field('d', new Int8(), true)]);
    return { collection, schema, file: `${collection}/f.parquet` };
  });
  return makeTreaty(sources, { schema: 'widen', columns });
}

/** Or the text of the error, if there is none. */
export function treatyOrConflict(one: DataType, other: DataType): Treaty | string {
  try {
    return treatyOf(one, other);
  } catch (error) {
    if (error instanceof RiffleError && error.code === 'SCHEMA_CONFLICT') return error.message;
    throw error;
  }
}
