import {
  JSON_ENDING,
  KEY,
  numberEndings,
  planMembers,
  textEndings,
  type MemberPlan,
  type Renames,
} from '@riffle/codec-webdataset';
import { BadContentError, isRiffleError } from '@riffle/core';
import { Binary, Field, Int64, Schema, Utf8, type DataType } from 'apache-arrow';

function usualType(ending: string): DataType {
  if (textEndings.has(ending) || ending === JSON_ENDING) return new Utf8();
  return numberEndings.has(ending) ? new Int64() : new Binary();
}

/** A column for each ending, behind the key. */
export function planOfEndings(endings: readonly string[], types: ReadonlyMap<string, DataType>): MemberPlan {
  const targets = endings.map((ending) => ({ ending, path: [ending], type: types.get(ending) ?? usualType(ending) }));
  const fields = targets.map(({ ending, type }) => new Field(ending, type, true));
  return { schema: new Schema([new Field(KEY, new Utf8(), false), ...fields]), hasKey: true, targets, jsonColumns: [] };
}

/** Where the writer puts the columns of a schema. @throws BadContentError if they cannot be in this file */
export function planOfSchema(schema: Schema, renames: Renames): MemberPlan {
  try {
    return planMembers(schema, renames);
  } catch (cause) {
    if (!isRiffleError(cause)) throw cause;
    throw new BadContentError(
      `It cannot hold the columns that were expected: ${cause.message}`,
      { kind: 'metadata' },
      { cause },
    );
  }
}
