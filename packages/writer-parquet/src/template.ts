import { DataType, Schema, type Field } from 'apache-arrow';
import type { Footer, ParquetWasm } from '@riffle/codec-parquet';
import { RiffleError } from '@riffle/core';
import { encodeFile } from './encode.ts';
import { footerOf } from './encoded-chunk.ts';
import { schemaMessage } from './ipc-message.ts';
import { withLabels, withoutLabels } from './labels.ts';
import { leavesOf, type Leaf } from './leaves.ts';

/** What every file of one schema shares. */
export interface Template {
  /** Without labels: those stand in the footer alone. */
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

/** Why values of a type cannot be written, where parquet-wasm would find that out only with the first batch. */
function obstacle(type: DataType): string | undefined {
  if (DataType.isDictionary(type)) return 'dictionary columns have to be resolved to their values first';
  // INTERVAL holds other parts than any of Arrow's, and is read as the 12 bytes that it is: see `plainIntervals`.
  if (DataType.isInterval(type)) return 'an interval of Arrow would be read back as another type';
  for (const child of (type.children as Field[] | null) ?? []) {
    const found = obstacle(child.type as DataType);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unsupported(field: Field, reason: string, cause?: unknown): RiffleError {
  const message = `Column ${field.name} has the Arrow type ${String(field.type)}, which cannot be written as Parquet: ${reason}. Leave the column out or convert it.`;
  return new RiffleError('UNSUPPORTED_CONTENT', message, { column: field.name, type: String(field.type) }, { cause });
}

/** Names the column that parquet-wasm refuses. */
function refusal(wasm: ParquetWasm, schema: Schema, cause: unknown): RiffleError {
  for (const field of schema.fields) {
    try {
      emptyFile(wasm, new Schema([field]));
    } catch (error) {
      return unsupported(field, error instanceof Error ? error.message : String(error), error);
    }
  }
  return new RiffleError(
    'UNSUPPORTED_CONTENT',
    `These columns cannot be written together as Parquet: ${String(cause)}.`,
    {},
    { cause },
  );
}

/**
 * Lets parquet-wasm lay out the schema, by writing a file without rows.
 * @throws RiffleError UNSUPPORTED_CONTENT that names the first column it cannot write.
 */
export function createTemplate(wasm: ParquetWasm, labelled: Schema): Template {
  const schema = withoutLabels(labelled);
  if (schema.fields.length === 0) {
    throw new RiffleError(
      'UNSUPPORTED_CONTENT',
      'A Parquet file without columns cannot say how many rows it has: at least one column is needed.',
    );
  }
  for (const field of schema.fields) {
    const reason = obstacle(field.type as DataType);
    if (reason !== undefined) throw unsupported(field, reason);
  }
  let footer: Footer;
  try {
    footer = emptyFile(wasm, schema);
  } catch (error) {
    throw refusal(wasm, schema, error);
  }
  const leaves = leavesOf(schema);
  if (leaves.length !== footer.leaves.length) {
    throw new RiffleError(
      'INTERNAL',
      `The schema has ${leaves.length} leaves in Arrow and ${footer.leaves.length} in Parquet; please report this with the schema.`,
    );
  }
  const keyValues = new Map(schema.metadata);
  keyValues.set(ARROW_SCHEMA, footer.keyValues.get(ARROW_SCHEMA) ?? '');
  return { schema, leaves, footer: withLabels(footer, labelled), keyValues };
}
