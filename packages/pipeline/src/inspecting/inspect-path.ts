import {
  isRiffleError,
  type FileInspection,
  type InspectedMetadata,
  type InspectedPath,
  type InspectionProblem,
  type Manifest,
  type RowPreview,
  type SurveyedCollection,
  type SurveyedFile,
} from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { runAll } from '../pool/run-all.ts';
import { manifestName, stateFolder } from '../publishing/output-folder.ts';
import { createSchemaTable } from '../survey/schema-table.ts';
import { createSharedFiles } from '../survey/shared-files.ts';
import { surveyCollection } from '../survey/survey-collection.ts';
import { readManifest } from '../verifying/read-manifest.ts';
import { describeSchemas, labelNames, MOST_COLUMNS } from './describe-schemas.ts';
import { layoutProblems } from './layout-problems.ts';
import { manifestProblems, resultHeadline } from './result-headline.ts';
import { createStorageSums } from './sum-storage.ts';

const filesPerTask = 32;
const MOST_LOST = 1000;
const MOST_PROBLEMS = 200;
const MOST_METADATA = 200;
const MOST_WRITERS = 10;
/** Columns of which values are shown. */
const MOST_PREVIEWED = 200;

/** What `survey` knows, for readers that tell no more. */
function fromSurvey({ fragments, columns }: SurveyedFile): FileInspection {
  return {
    fragments: fragments.map(({ rows, bytes }) => ({ rows, bytes, uncompressedBytes: bytes })),
    columns: columns.map(({ path, encodings, codec, bytes }) => ({
      path,
      type: '',
      codecs: [codec],
      encodings,
      bytes,
      uncompressedBytes: bytes,
      values: 0,
    })),
    metadata: [],
  };
}

async function readStorage(context: JobContext, files: readonly SurveyedFile[], problems: InspectionProblem[]) {
  const sums = createStorageSums();
  let metadata: readonly InspectedMetadata[] = [];
  const starts = Array.from({ length: Math.ceil(files.length / filesPerTask) }, (_, index) => index * filesPerTask);
  const waiting = new Map<number, readonly (FileInspection | string | undefined)[]>();
  let next = 0;
  await runAll(starts, context.pool.workers, async (start) => {
    const part = files.slice(start, start + filesPerTask).map(({ location, reader }) => ({ location, reader }));
    waiting.set(start, (await context.pool.run('inspect', { files: part })).files);
    // In the order of the files, whichever answer comes first: sums list things as they were first seen.
    for (let answers = waiting.get(next); answers !== undefined; answers = waiting.get(next)) {
      waiting.delete(next);
      for (const [index, answer] of answers.entries()) {
        const file = files[next + index]!;
        if (typeof answer === 'string') problems.push({ kind: 'content', message: answer, file: file.path });
        sums.add(typeof answer === 'object' ? answer : fromSurvey(file));
        if (next + index === 0 && typeof answer === 'object') metadata = answer.metadata;
      }
      next += filesPerTask;
    }
  });
  return { sums, metadata };
}

/** The first rows of the first file that has any; a problem if they cannot be had. */
async function preview(
  context: JobContext,
  files: readonly SurveyedFile[],
  schemas: readonly Uint8Array[],
  rows: number,
  problems: InspectionProblem[],
): Promise<RowPreview | undefined> {
  const file = files.find((candidate) => candidate.rows > 0);
  if (file === undefined || rows === 0) return undefined;
  const { location, reader, path } = file;
  const { decodedBytes, decodedRatio } = context.recipe.limits;
  const fragments = file.fragments.flatMap((fragment, index) => (fragment.rows > 0 ? [index] : [])).slice(0, rows);
  try {
    const labels = labelNames(schemas[file.schema]!, MOST_PREVIEWED);
    const limits = { decodedBytes, ratio: decodedRatio };
    const shown = await context.pool.run('preview', {
      location,
      reader,
      fragments,
      rows,
      columns: MOST_PREVIEWED,
      labels,
      limits,
    });
    return { file: path, ...shown };
  } catch (error) {
    // A file that hangs a worker or needs too much memory is that file's problem here: nothing depends on it.
    if (!isRiffleError(error) || error.code === 'CANCELLED' || error.code === 'INTERNAL') throw error;
    problems.push({ kind: 'content', message: `Its first rows cannot be shown. ${error.message}`, file: path });
    return undefined;
  }
}

/** A manifest that can be used, a sentence why it cannot be, or undefined where there is none. */
async function manifestAt({ plugins, signal }: JobContext, location: string): Promise<Manifest | string | undefined> {
  const { storage } = plugins;
  const entry = await storage.stat(storage.join(location, stateFolder, manifestName), { signal });
  return entry?.kind === 'file' ? readManifest(storage, location, signal) : undefined;
}

/** Warnings of a survey start with the name of the collection, which is left out here: `a/b.parquet: …`, `a: …`. */
function asProblem(warning: string, name: string): InspectionProblem {
  const rest = warning.slice(name.length);
  if (!rest.startsWith(': ')) return { kind: 'warning', message: rest.replace(/^\//, '') };
  return { kind: 'warning', message: rest.charAt(2).toUpperCase() + rest.slice(3) };
}

/** Folders that are skipped for their names: collections often lie in one. */
async function dotFolders({ plugins, signal }: JobContext, location: string): Promise<string> {
  const entries = await plugins.storage.list(location, { signal });
  const named = entries
    .filter(({ path, kind }) => path.startsWith('.') && kind === 'directory')
    .map(({ path }) => path);
  if (named.length === 0) return '';
  return ` Folders whose names start with a dot are skipped unless they are given themselves: ${named.slice(0, 5).join(', ')}.`;
}

async function nothingFound(context: JobContext, kind: InspectedPath['kind'], found: SurveyedCollection) {
  if (found.shards.length > 0 || found.lost.length > 0) return [];
  const formats = context.plugins.readers.map((reader) => reader.name).join(', ');
  const message =
    kind === 'file'
      ? `It is of no format that Riffle reads (${formats}).`
      : `There is no file of a format that Riffle reads (${formats}) in it.${await dotFolders(context, found.location)}`;
  return [{ kind: 'content', message } satisfies InspectionProblem];
}

/** A FIFO, a device, a dead link: there is nothing to read, and reading might never end. */
function notAFile(path: string, note: string): InspectedPath {
  const nothing = { least: 0, most: 0 };
  return {
    path,
    kind: 'file',
    formats: [],
    rows: 0,
    bytes: 0,
    shards: 0,
    files: 0,
    ignored: 0,
    lost: [],
    schemas: [],
    fragments: { count: 0, rows: nothing, bytes: nothing },
    columns: [],
    writtenBy: [],
    metadata: [],
    problems: [{ kind: 'content', message: `It is ${note}, neither a folder nor a regular file.` }],
  };
}

/**
 * Everything about one path that exists: a file, a collection, or a result. What cannot be read is a problem and no failure.
 * @param rows of the first file that are shown
 * @throws what depends on the machine
 */
export async function inspectPath(context: JobContext, path: string, rows: number): Promise<InspectedPath> {
  const location = context.locate(path);
  const entry = await context.plugins.storage.stat(location, { signal: context.signal });
  if (entry?.kind === 'other') return notAFile(path, entry.note ?? 'a special file');
  const manifest = await manifestAt(context, location);
  const problems: InspectionProblem[] = [];
  const schemas = createSchemaTable();
  const quiet: JobContext = { ...context, warn: (message) => problems.push(asProblem(message, path)) };
  const surveyed = await surveyCollection(quiet, { name: path, path }, location, schemas, createSharedFiles());
  const kind = entry?.kind === 'file' ? 'file' : manifest === undefined ? 'collection' : 'result';
  const files = surveyed.shards.flatMap((shard) => shard.files);
  problems.push(...(await nothingFound(context, kind, surveyed)));
  if (typeof manifest === 'string')
    problems.push({ kind: 'manifest', message: `The manifest cannot be used: ${manifest}.` });
  else if (manifest !== undefined)
    problems.push(...manifestProblems(manifest, files, new Set(surveyed.lost.map((lost) => lost.path))));
  const described = describeSchemas(schemas.schemas, files);
  const { sums, metadata } = await readStorage(context, files, problems);
  const shown = await preview(context, files, schemas.schemas, rows, problems);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  problems.push(...described.problems, ...layoutProblems(sums.fragments(), sums.columns(), bytes));
  return {
    path,
    kind,
    ...(typeof manifest === 'object' ? { result: resultHeadline(manifest) } : {}),
    formats: [...new Set(files.map((file) => context.plugins.readers[file.reader]!.name))],
    rows: surveyed.rows,
    bytes,
    shards: surveyed.shards.length,
    files: files.length,
    ignored: surveyed.ignored,
    lost: surveyed.lost.slice(0, MOST_LOST).map(({ collection: _collection, ...lost }) => lost),
    schemas: described.schemas,
    fragments: sums.fragments(),
    columns: sums.columns().slice(0, MOST_COLUMNS),
    writtenBy: sums.writtenBy().slice(0, MOST_WRITERS),
    metadata: metadata.slice(0, MOST_METADATA),
    problems: problems.slice(0, MOST_PROBLEMS),
    ...(shown === undefined ? {} : { preview: shown }),
  };
}
