import { RiffleError, type Manifest, type Storage } from '@riffle/core';
import { parseManifest } from '../proof/manifest-schema.ts';
import { manifestName, stateFolder } from '../publishing/output-folder.ts';
import { measureJson } from './measure-json.ts';

/** How findings about the manifest call it. */
export const manifestFile = `${stateFolder}/${manifestName}`;

/** A manifest larger than this is not read: 10,000 shards and 100,000 inputs take about 40 MB. */
const largestManifest = 2 ** 28;
/** Nor one that would become more objects: a file of 20,000 inputs has 500,000 values. */
const mostValues = 2 ** 22;
/** Encodings of nested columns are the deepest, with a few levels each. */
const deepest = 200;

function notAResult(location: string, why: string): RiffleError {
  return new RiffleError('NOT_A_RESULT', `${why} Give the folder that a run published.`, { location });
}

/**
 * The manifest of a result, or a sentence saying why the file is none that can be used.
 * @throws `NOT_A_RESULT` if there is no folder, or no such file in it.
 */
export async function readManifest(
  storage: Storage,
  output: string,
  signal: AbortSignal | undefined,
): Promise<Manifest | string> {
  const folder = await storage.stat(output, { signal });
  if (folder === undefined) throw notAResult(output, `${output} does not exist.`);
  if (folder.kind === 'file') throw notAResult(output, `${output} is a file, not the folder of a result.`);
  if (folder.kind === 'other')
    throw notAResult(output, `${output} is ${folder.note ?? 'no folder'}, not the folder of a result.`);
  const location = storage.join(output, stateFolder, manifestName);
  const entry = await storage.stat(location, { signal });
  if (entry?.kind !== 'file') {
    const why = entry === undefined ? '' : `: it is ${entry.note ?? 'a folder'}`;
    throw notAResult(
      location,
      `${output} has no file ${manifestFile}${why}, so it is not a finished result of Riffle.`,
    );
  }
  if (entry.size > largestManifest) return `it has ${entry.size} bytes, and no manifest is that large`;
  const file = await storage.open(location, { signal });
  try {
    return parseBytes(await file.read(0, file.size, { signal }));
  } finally {
    await file.close();
  }
}

/** The manifest in a file of the state folder, or undefined if there is none that can be used: for what is done beside verifying. */
export async function manifestIn(storage: Storage, location: string): Promise<Manifest | undefined> {
  const entry = await storage.stat(location);
  if (entry?.kind !== 'file' || entry.size > largestManifest) return undefined;
  const file = await storage.open(location);
  try {
    const manifest = parseBytes(await file.read(0, file.size));
    return typeof manifest === 'string' ? undefined : manifest;
  } finally {
    await file.close();
  }
}

function parseBytes(bytes: Uint8Array): Manifest | string {
  const { values, depth } = measureJson(bytes);
  if (values > mostValues) return `it has more than ${mostValues} values, and no manifest is that large`;
  if (depth > deepest) return `its values are nested ${depth} deep, and those of no manifest are`;
  try {
    return parseManifest(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not text in UTF-8';
  }
}
