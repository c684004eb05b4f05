import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Schema } from 'apache-arrow';
import { parquetMetadata } from 'hyparquet';
import { plainField, schemaFromBytes } from '@riffle/columnar';
import { isRiffleError } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { run } from '@riffle/pipeline';
import createParquetReader from '@riffle/reader-parquet';
import { makeBatch, memoryFile } from '@riffle/testkit';
import createParquetWriter from '@riffle/writer-parquet';

/**
 * The process in which mutants are read: whatever they do to it, the harness outside goes on. Takes one request at a time by message:
 * `survey` reads footers by the reader alone, `write` makes sound files of a schema, `job` runs a whole job.
 */

const plugins = {
  readers: [{ specifier: import.meta.resolve('@riffle/reader-parquet') }],
  writer: { specifier: import.meta.resolve('@riffle/writer-parquet') },
  shuffler: { specifier: import.meta.resolve('@riffle/shuffler') },
  storage: { specifier: import.meta.resolve('@riffle/storage-file') },
  verifier: { specifier: import.meta.resolve('@riffle/verifier') },
};

/** The recipe's defaults. */
const limits = { decodedBytes: 2 ** 30, ratio: 10_000 };

const describeError = (error) => ({
  code: isRiffleError(error) ? error.code : undefined,
  message: error instanceof Error ? error.message : String(error),
  stack: error instanceof Error ? error.stack : undefined,
});

/** A type as text, children with names included; what files may differ in (nullability, metadata) is left out. */
function typeText(field) {
  const { type } = plainField(field);
  const children = (type.children ?? []).map((child) => `${child.name} ${typeText(child)}`);
  return JSON.stringify([String(type.typeId), String(type), type.bitWidth, type.unit, type.timezone, children]);
}

/** Files with equal keys can be shards of one job. */
function schemaKey({ fields }) {
  return JSON.stringify(fields.map((field) => [field.name, typeText(field)]).toSorted());
}

/** Rows as an independent reader of footers counts them, or undefined where it cannot. */
function countIndependently(bytes) {
  try {
    const { buffer, byteOffset, byteLength } = bytes;
    const metadata = parquetMetadata(buffer.slice(byteOffset, byteOffset + byteLength));
    const groups = metadata.row_groups.map((group) => Number(group.num_rows));
    return { file: Number(metadata.num_rows), groups: groups.reduce((sum, rows) => sum + rows, 0) };
  } catch {
    return undefined;
  }
}

/** Reads a file in about three slices for each row group, as jobs of little memory do: rows, or why not. */
async function readInSlices(file, fragments) {
  const reader = createParquetReader();
  let rows = 0;
  try {
    for (const [fragment, { bytes, decodedBytes = 4 * bytes }] of fragments.entries()) {
      const options = { targetBatchBytes: Math.max(500, Math.ceil(decodedBytes / 3)), limits };
      for await (const batch of reader.read(file, fragment, options)) rows += batch.numRows;
    }
    return { rows };
  } catch (error) {
    return { error: describeError(error) };
  }
}

async function survey({ paths }) {
  const answers = [];
  for (const path of paths) {
    process.send({ at: path });
    const bytes = new Uint8Array(readFileSync(path));
    try {
      const file = memoryFile(path, bytes);
      const found = await createParquetReader().survey(file);
      const schema = schemaFromBytes(found.schema);
      answers.push({
        rows: found.rows,
        key: schemaKey(schema),
        schema: Buffer.from(found.schema).toString('base64'),
        counted: countIndependently(bytes),
        sliced: await readInSlices(file, found.fragments),
      });
    } catch (error) {
      answers.push({ error: describeError(error) });
    }
  }
  return answers;
}

/** Sound files of a schema, written by Riffle's writer. */
async function write({ schema, files }) {
  const { fields } = schemaFromBytes(new Uint8Array(Buffer.from(schema, 'base64')));
  const plain = new Schema(fields.map(plainField));
  for (const { path, rows, seed } of files) {
    const pieces = [];
    const target = { write: async (bytes) => void pieces.push(bytes.slice()) };
    const options = { schema: plain, compression: 'snappy', rowGroupBytes: 2 ** 20 };
    const shard = await createParquetWriter().create(target, options);
    await shard.write(makeBatch(plain, { rows, seed, nullShare: 0.2 }));
    await shard.close();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.concat(pieces));
  }
}

/** What the job reported, what its manifest says of each input shard, and the most memory this process ever held. */
async function job({ recipe }) {
  const options = { plugins, baseFolder: '/', availableCpus: 1, freeMemory: 1e9 };
  try {
    const report = await run(recipeSchema.parse(recipe), options);
    const manifest = JSON.parse(readFileSync(join(recipe.output, '.riffle/manifest.json'), 'utf8'));
    return { report, inputs: manifest.receipt.inputs, outputs: manifest.receipt.outputs };
  } catch (error) {
    return { error: describeError(error) };
  }
}

const handlers = { survey, write, job };

async function answer({ kind, request }) {
  try {
    const found = await handlers[kind](request);
    process.send({ answer: found, maxRss: process.resourceUsage().maxRSS * 1024 });
  } catch (error) {
    process.send({ failed: describeError(error) });
  }
}

process.on('message', (message) => void answer(message));
process.on('disconnect', () => process.exit());
