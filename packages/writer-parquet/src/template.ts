import { Schema } from 'apache-arrow';
import type { Footer, ParquetWasm } from '@riffle/codec-parquet';
import { RiffleError } from '@riffle/core';
import { encodeFile } from './encode.ts';
import { footerOf } from './encoded-chunk.ts';
import { schemaMessage } from './ipc-message.ts';
import { leavesOf, type Leaf } from './leaves.ts';

/** What every file of one schema shares. */
export interface Template {
  readonly schema: Schema;
  /** Arrow's leaves and Parquet's, in the same order. */
  readonly leaves: readonly Leaf[];
  /** The footer of a file without rows: its schema elements and leaf columns. */
  readonly footer: Footer;
  readonly keyValues: ReadonlyMap<string, string>;
}

const ARROW_SCHEMA = 'ARROW:schema';

function emptyFile(wasm: ParquetWasm, schema: Schema): Footer {
  return footerOf(encodeFile(wasm, schemaMessage(schema), [], { encoding: 0, codec: 0, dictionary: false }, false));
}

/** Names the column that parquet-wasm refuses. */
function refusal(wasm: ParquetWasm, schema: Schema, cause: unknown): RiffleError {
  for (const field of schema.fields) {
    try {
      emptyFile(wasm, new Schema([field]));
    } catch (error) {
      const message = `Column ${field.name} has the Arrow type ${String(field.type)}, which cannot be written as Parquet: ${String(error)}. Leave the column out or convert it.`;
      return new RiffleError('UNSUPPORTED_CONTENT', message, { column: field.name, type: String(field.type) }, { cause: error });
    }
  }
  return new RiffleError('UNSUPPORTED_CONTENT', `These columns cannot be written together as Parquet: ${String(cause)}.`, {}, { cause });
}

/**
 * Lets parquet-wasm lay out the schema, by writing a file without rows.
 * @throws RiffleError UNSUPPORTED_CONTENT that names the first column it cannot write.
 */
export function createTemplate(wasm: ParquetWasm, schema: Schema): Template {
  if (schema.fields.length === 0) {
    throw new RiffleError('UNSUPPORTED_CONTENT', 'A Parquet file without columns cannot say how many rows it has: at least one column is needed.');
  }
  let footer: Footer;
  try {
    footer = emptyFile(wasm, schema);
  } catch (error) {
    throw refusal(wasm, schema, error);
  }
  const leaves = leavesOf(schema);
  if (leaves.length !== footer.leaves.length) {
    throw new RiffleError('INTERNAL', `The schema has ${leaves.length} leaves in Arrow and ${footer.leaves.length} in Parquet; please report this with the schema.`);
  }
  const keyValues = new Map(schema.metadata);
  keyValues.set(ARROW_SCHEMA, footer.keyValues.get(ARROW_SCHEMA) ?? '');
  return { schema, leaves, footer, keyValues };
}
