import { createHash } from 'node:crypto';
import type { Manifest, Storage } from '@riffle/core';
import type { StartedJob } from '../start-job.ts';
import { cardName, cardRecordName, stateFolder, writeDurably } from './output-folder.ts';
import { readSmallFile } from './read-small-file.ts';

/** A larger README.md is not one that Riffle wrote. */
const largestCard = 2 ** 24;
const largestRecord = 2 ** 16;

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What became of a dataset card, where somebody should know. */
type CardNote = string | undefined;

/** The digests of what Riffle wrote last, and before that, if it wrote any. The file may be anything. */
async function writtenDigests(storage: Storage, state: string): Promise<readonly string[]> {
  const text = await readSmallFile(storage, storage.join(state, cardRecordName), largestRecord).catch(() => undefined);
  if (text === undefined) return [];
  try {
    const { sha256: digests } = JSON.parse(text) as { sha256?: unknown };
    return Array.isArray(digests) ? digests.filter((digest) => typeof digest === 'string').slice(0, 2) : [];
  } catch {
    return [];
  }
}

/** sha256 of the card that is there; `undefined` if none is, `other` if what is there cannot be one of Riffle's. */
async function digestOfCard(storage: Storage, location: string): Promise<string | undefined> {
  const entry = await storage.stat(location);
  if (entry === undefined) return undefined;
  if (entry.kind !== 'file' || entry.size > largestCard) return 'other';
  const file = await storage.open(location);
  try {
    return sha256(await file.read(0, file.size));
  } finally {
    await file.close();
  }
}

/** A result without a card, where an older one had one: numbers of another result would make readers refuse this one. */
async function removeOldCard(
  storage: Storage,
  output: string,
  state: string,
  written: readonly string[],
): Promise<CardNote> {
  if (written.length === 0) return undefined;
  const location = storage.join(output, cardName);
  const found = await digestOfCard(storage, location);
  if (found === undefined) return undefined;
  if (!written.includes(found))
    return `${cardName} was written for an older result and changed since, so it stays; what it says of rows and columns may be wrong now. Run again with --card to get a new one beside it.`;
  await storage.remove(location);
  await storage.remove(storage.join(state, cardRecordName));
  return `${cardName} told of the result that was replaced, and was removed; --card writes a new one.`;
}

async function writeCard(storage: Storage, output: string, manifest: Manifest, wanted: boolean): Promise<CardNote> {
  const state = storage.join(output, stateFolder);
  const written = await writtenDigests(storage, state);
  if (!wanted) return removeOldCard(storage, output, state, written);
  const { renderCard } = await import('@riffle/report');
  const text = renderCard(manifest);
  const location = storage.join(output, cardName);
  const found = await digestOfCard(storage, location);
  const digest = sha256(text);
  if (found === digest) return undefined;
  await writeDurably(storage, state, cardName, text);
  const besides = storage.join(state, cardName);
  if (found !== undefined && !written.includes(found))
    return `${cardName} was not written by Riffle, or was changed since, so it stays as it is. The dataset card for this result is ${stateFolder}/${cardName}: take over what you need, or remove ${cardName} and run again with --card --resume.`;
  // Before the card itself: of a crash in between stays a card that is known to be Riffle's.
  const record = { file: cardName, sha256: [digest, ...(found === undefined ? [] : [found])] };
  await writeDurably(storage, state, cardRecordName, `${JSON.stringify(record)}\n`);
  await storage.rename(besides, location);
  await storage.syncFolder(output);
  return undefined;
}

/**
 * Writes the dataset card of a published result beside its shards, if the recipe asks for it. A README.md that Riffle did not write, or that was
 * changed since, is never touched. Nothing that goes wrong fails the job, which is done by then.
 */
export async function tryWriteCard(
  { plugins: { storage }, recipe, signal, warn }: Pick<StartedJob, 'plugins' | 'recipe' | 'signal' | 'warn'>,
  output: string,
  manifest: Manifest,
): Promise<void> {
  if (signal?.aborted === true) return;
  try {
    const note = await writeCard(storage, output, manifest, recipe.card);
    if (note !== undefined) warn(note);
  } catch (error) {
    warn(`The result is published, but its dataset card could not be written: ${(error as Error).message}`);
  }
}
