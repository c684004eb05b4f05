import type { OperationOptions, ReadableFile } from '@riffle/core';
import {
  createBytesMemo,
  plainIntervals,
  readFooter,
  renewParquetWasm,
  schemaOnlyFile,
  webAssembly,
  type Footer,
  type ParquetWasm,
} from '@riffle/codec-parquet';
import { RecordBatchReader, Schema } from 'apache-arrow';
import { BadContentError } from '@riffle/core';
import { plainMessage } from './codec-error.ts';
import { schemaToBytes } from '@riffle/columnar';
import { arrowLeaves, type ArrowLeaf } from './arrow-leaves.ts';
import { flatColumns, type FlatColumn } from './direct/flat-columns.ts';
import { readLabels } from './read-labels.ts';

/** What is kept of a file while it is open. */
export interface OpenedFile {
  /** The file's footer, but for INTERVAL columns: see `plainIntervals`. */
  readonly footer: Footer;
  /** As the file has it, with all labels. The same object where nothing differs. */
  readonly declared: Footer;
  /** With the file's key-value pairs as metadata, in order of their keys. */
  readonly schema: Schema;
  readonly leaves: readonly ArrowLeaf[];
  /** Its columns, if small row groups can be decoded past the codec. */
  readonly flat: readonly FlatColumn[] | undefined;
  /** The schema with labels, as a survey tells it. Made when it is first asked for. */
  readonly told: () => ToldSchema;
}

/** A schema as a survey tells it. */
interface ToldSchema {
  /** An IPC stream without batches. */
  readonly bytes: Uint8Array;
  /** What of it the result will not have. */
  readonly warnings: readonly string[];
}

type SchemaParts = Pick<OpenedFile, 'schema' | 'leaves' | 'flat' | 'told'>;

const memo = createBytesMemo<SchemaParts>();

/** The Arrow schema as the codec derives it, so that it is exactly what decoding gives. */
function arrowSchema(wasm: ParquetWasm, footer: Footer): Schema {
  try {
    // Not `readSchema`: it tells of view types, which decoding turns into plain ones.
    const table = wasm.glue.readParquet(schemaOnlyFile(footer));
    const bytes = table.schema.intoIPCStream();
    table.free();
    const schema = RecordBatchReader.from(bytes).open().schema;
    const metadata = [...schema.metadata].toSorted(([left], [right]) => (left < right ? -1 : 1));
    return new Schema(schema.fields, new Map(metadata));
  } catch (cause) {
    const trapped = cause instanceof webAssembly.RuntimeError;
    if (trapped) renewParquetWasm();
    throw new BadContentError(
      trapped
        ? 'Its schema cannot be read: it made the codec stop without a message.'
        : `Its schema cannot be read: ${plainMessage(cause)}.`,
      trapped ? { trap: true } : {},
      { cause, code: 'UNSUPPORTED_CONTENT' },
    );
  }
}

/** The codec hands schemas over as C strings, which end at a null byte. */
function refuseNullBytes({ leaves }: Footer): void {
  const leaf = leaves.find(({ path }) => path.some((name) => name.includes('\0')));
  if (leaf === undefined) return;
  const column = leaf.path.join('.');
  throw new BadContentError(
    `The name of column ${column} holds a null byte, which Riffle cannot carry.`,
    { column },
    { code: 'UNSUPPORTED_CONTENT' },
  );
}

function readSchema(wasm: ParquetWasm, declared: Footer, footer: Footer): SchemaParts {
  const schema = arrowSchema(wasm, footer);
  const leaves = arrowLeaves(footer, schema);
  let told: ToldSchema | undefined;
  const tell = () => {
    const { schema: labelled, warnings } = readLabels(declared, schema, leaves);
    return { bytes: schemaToBytes(labelled), warnings };
  };
  return { schema, leaves, flat: flatColumns(footer, schema), told: () => (told ??= tell()) };
}

/** What a schema is known by; undefined for a damaged one, about which {@link arrowSchema} has something to say. */
function schemaFile(footer: Footer): Uint8Array | undefined {
  try {
    return schemaOnlyFile(footer);
  } catch {
    return undefined;
  }
}

/** Reads and checks a file's footer. @throws BadContentError with a sentence for people. */
export async function openFile(wasm: ParquetWasm, file: ReadableFile, options?: OperationOptions): Promise<OpenedFile> {
  const declared = await readFooter(file, options);
  const footer = plainIntervals(declared);
  if (footer.leaves.length === 0) throw new BadContentError('It has no columns.', {}, { code: 'UNSUPPORTED_CONTENT' });
  refuseNullBytes(footer);
  const key = schemaFile(declared);
  const known =
    key === undefined ? readSchema(wasm, declared, footer) : memo.get(key, () => readSchema(wasm, declared, footer));
  return { footer, declared, ...known };
}
