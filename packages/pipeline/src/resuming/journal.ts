import { crc32 } from 'node:zlib';
import type { Storage, WritableFile } from '@riffle/core';
import { readSmallFile } from '../publishing/read-small-file.ts';
import { journalRecordSchema, type BeginRecord, type JournalRecord } from './journal-records.ts';

export const journalName = 'journal.jsonl';

/** A job of 100,000 input files and 10,000 shards has a journal of about 30 MB. */
const largestJournal = 2 ** 29;

/** What is done, written down unit by unit, so that another run can go on from there. */
export interface Journal {
  /** Whether it holds anything that would cost time to do again. */
  readonly isWorthKeeping: () => boolean;
  /** Settles once the record is durable. Records that come together share one sync. */
  record(entry: JournalRecord): Promise<void>;
  close(): Promise<void>;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** A line carries its own checksum: after a loss of power its end may be missing or zeros. */
function lineOf(entry: JournalRecord): string {
  const text = JSON.stringify(entry);
  return `${checksum(text)} ${text}\n`;
}

function parseLine(line: string): JournalRecord | undefined {
  const text = line.slice(9);
  if (line[8] !== ' ' || checksum(text) !== line.slice(0, 8)) return undefined;
  try {
    return journalRecordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What a run wrote down before it was interrupted. */
export interface JournalContent {
  readonly begin: BeginRecord;
  readonly records: readonly JournalRecord[];
}

/** The records up to the first line that is not whole; undefined if not even the beginning is. */
export async function readJournal(storage: Storage, folder: string): Promise<JournalContent | undefined> {
  const text = await readSmallFile(storage, storage.join(folder, journalName), largestJournal);
  const records: JournalRecord[] = [];
  for (const line of (text ?? '').split('\n')) {
    const entry = parseLine(line);
    if (entry === undefined) break;
    records.push(entry);
  }
  const [begin, ...others] = records;
  return begin?.type === 'begin' ? { begin, records: others } : undefined;
}

/** Starts the journal of a run folder with these records, in place of what is there: never half of it. */
export async function startJournal(
  storage: Storage,
  folder: string,
  begin: BeginRecord,
  records: readonly JournalRecord[],
): Promise<Journal> {
  const location = storage.join(folder, journalName);
  const partial = `${location}.partial`;
  const file = await storage.create(partial, { overwrite: true });
  try {
    await file.write(new TextEncoder().encode([begin, ...records].map(lineOf).join('')));
    await file.sync();
    // The open file keeps growing under its new name.
    await storage.rename(partial, location);
    await storage.syncFolder(folder);
    return appendTo(file, records.some(isWork));
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** The fingerprints alone save nothing: without spilled units the input must be read again anyway. */
function isWork({ type }: JournalRecord): boolean {
  return type === 'scattered' || type === 'shard' || type === 'lost';
}

function appendTo(file: WritableFile, holdsWork: boolean): Journal {
  let worthKeeping = holdsWork;
  let waiting: string[] = [];
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const writeWaiting = async () => {
    const lines = waiting.join('');
    waiting = [];
    next = undefined;
    await file.write(new TextEncoder().encode(lines));
    await file.sync();
  };
  return {
    isWorthKeeping: () => worthKeeping,
    record(entry) {
      worthKeeping ||= isWork(entry);
      waiting.push(lineOf(entry));
      // After a failed write nothing more is written: a line behind half a line could not be read.
      next ??= writing = writing.then(writeWaiting);
      return next;
    },
    async close() {
      await writing.catch(() => undefined);
      await file.close();
    },
  };
}
