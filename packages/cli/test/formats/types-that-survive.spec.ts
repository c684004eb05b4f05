import { readFileSync, writeFileSync } from 'node:fs';
import { schemaFromBytes, schemaToBytes, typeText } from '@riffle/columnar';
import { isBadContent, isRiffleError, type Reader, type Writer } from '@riffle/core';
import createArrowReader from '@riffle/reader-arrow';
import createJsonlReader from '@riffle/reader-jsonl';
import createMdsReader from '@riffle/reader-mds';
import createParquetReader from '@riffle/reader-parquet';
import createWebdatasetReader from '@riffle/reader-webdataset';
import { makeBatch, memoryFile, rowsOf, typeCatalogue, withSection, type CanonicalRow } from '@riffle/testkit';
import createArrowWriter from '@riffle/writer-arrow';
import createJsonlWriter from '@riffle/writer-jsonl';
import createMdsWriter from '@riffle/writer-mds';
import createParquetWriter from '@riffle/writer-parquet';
import createWebdatasetWriter from '@riffle/writer-webdataset';
import type { RecordBatch, Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';

interface Format {
  readonly writer: () => Writer | Promise<Writer>;
  readonly reader: () => Reader | Promise<Reader>;
  readonly ending: string;
}

const formats: Readonly<Record<string, Format>> = {
  Parquet: { writer: () => createParquetWriter(), reader: () => createParquetReader(), ending: '.parquet' },
  Arrow: { writer: () => createArrowWriter(), reader: () => createArrowReader(), ending: '.arrow' },
  'JSON lines': { writer: () => createJsonlWriter(), reader: () => createJsonlReader(), ending: '.jsonl' },
  WebDataset: { writer: () => createWebdatasetWriter(), reader: () => createWebdatasetReader(), ending: '.tar' },
  MDS: { writer: () => createMdsWriter(), reader: () => createMdsReader(), ending: '.mds' },
};

async function write({ writer }: Format, batch: RecordBatch): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const made = await writer();
  const shard = await made.create(
    { write: async (bytes) => void pieces.push(bytes.slice()) },
    { schema: batch.schema, compression: 'none', rowGroupBytes: 2 ** 20 },
  );
  await shard.write(batch);
  await shard.close();
  return Buffer.concat(pieces);
}

interface Found {
  readonly schema: Schema;
  readonly rows: readonly CanonicalRow[];
}

async function read({ reader, ending }: Format, bytes: Buffer, told?: Uint8Array): Promise<Found> {
  const made = await reader();
  const file = memoryFile(`/shard${ending}`, bytes);
  const { fragments, schema } = await made.survey(file, { schema: told });
  const rows: CanonicalRow[] = [];
  for (const fragment of fragments.keys())
    for await (const batch of made.read(file, fragment, { schema: told, targetBatchBytes: 2 ** 24 }))
      rows.push(...rowsOf(batch));
  return { schema: schemaFromBytes(schema), rows };
}

/** What becomes of a column in a shard that is the input of another job, which knows nothing but the file. */
async function outcomeOf(format: Format, batch: RecordBatch): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await write(format, batch);
  } catch (error) {
    if (!isRiffleError(error)) throw error;
    return 'refused';
  }
  // Whoever is told the types, as verifying is, finds each value.
  const known = await read(format, bytes, schemaToBytes(batch.schema));
  expect(known.rows).toEqual(rowsOf(batch));
  try {
    const { schema, rows } = await read(format, bytes);
    const [type, had] = [schema, batch.schema].map(({ fields }) => {
      const field = fields.find(({ name }) => name === 'value');
      return field === undefined ? undefined : typeText(field.type);
    });
    if (type === undefined) return schema.names.includes('json') ? 'in `json`' : 'absent';
    if (type !== had) return `\`${type}\``;
    // WebDataset has a column more, the key.
    expect(rows.map(({ value }) => ({ value }))).toEqual(rowsOf(batch));
    return 'kept';
  } catch (error) {
    if (!isBadContent(error)) throw error;
    return 'must be told';
  }
}

const page = new URL('../../../../docs/reference/formats.md', import.meta.url);
const types = typeCatalogue.filter(({ shape }) => shape === 'flat');
const table = new Map<string, readonly string[]>();

describe('what becomes of a type', () => {
  it.each(types)('$type', async ({ type, make }) => {
    const batch = makeBatch(make(1).schema, { rows: 60, seed: 3, nullShare: 0 });
    const outcomes: string[] = [];
    for (const format of Object.values(formats)) outcomes.push(await outcomeOf(format, batch));
    table.set(type, outcomes);
    expect(outcomes).not.toContain('absent');
  });

  it('stands in docs/reference/formats.md as it was seen', () => {
    // A run of some of the tests must not write a page of holes.
    expect([...table.keys()]).toEqual(types.map(({ type }) => type));
    const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const names = Object.keys(formats);
    const text = [
      row(['type', ...names]),
      row(['---', ...names.map(() => '---')]),
      ...[...table].map(([type, outcomes]) => row([`\`${type}\``, ...outcomes])),
    ].join('\n');
    const before = readFileSync(page, 'utf8');
    const after = withSection(before, 'types', text);
    if (after !== before && process.env['CI'] === undefined) writeFileSync(page, after);
    expect(
      before,
      'The page differed from what was seen. Outside CI it has been rewritten: look at it and commit it.',
    ).toBe(after);
  });
});
