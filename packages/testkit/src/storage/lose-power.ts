import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../random.ts';
import { journalName, type DurabilityRecord, type KeptFile } from './durability-journal.ts';

/** What the machine's failure took, for messages: one sentence each. */
export type Damage = readonly string[];

interface Entry {
  /** The folders that had to be synced for it to be durable. */
  readonly folder: string;
  readonly record: Exclude<DurabilityRecord, { type: 'synced' | 'folder-synced' | 'folder-made' }>;
}

interface Pending {
  /** Durable bytes of files that were created, at their present location. */
  readonly durable: ReadonlyMap<string, number>;
  /** In order of time. */
  readonly entries: readonly Entry[];
}

/**
 * Takes away what was not durable when the process died, as a power failure may: bytes behind the last sync of a file are cut off or
 * become zeros, and changes of folders that were not synced are undone: all, the last ones, or any (POSIX promises no order).
 *
 * @param journalFolder of `journalDurability` in the process that was killed
 */
export function losePower(journalFolder: string, random: Random): Damage {
  const { durable, entries } = pendingOf(readJournal(journalFolder));
  const damage: string[] = [];
  for (const [location, bytes] of durable) damage.push(...damageFile(location, bytes, random));
  const first = random.below(entries.length + 1);
  const choose = random.pick<(index: number) => boolean>([
    () => true,
    (index) => index >= first,
    () => random.chance(0.5),
  ]);
  for (const [index, entry] of [...entries.entries()].reverse()) if (choose(index)) damage.push(...undo(entry));
  return damage;
}

function readJournal(folder: string): DurabilityRecord[] {
  const file = join(folder, journalName);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as DurabilityRecord);
}

function pendingOf(records: readonly DurabilityRecord[]): Pending {
  const durable = new Map<string, number>();
  let entries: Entry[] = [];
  for (const [index, record] of records.entries()) {
    if (record.type === 'synced') {
      if (durable.has(record.location)) durable.set(record.location, record.bytes);
    } else if (record.type === 'folder-made') {
      entries = entries.filter(
        (entry) => entry.record.type !== 'make-folder' || entry.record.location !== record.location,
      );
    } else if (record.type === 'folder-synced') {
      entries = entries.filter(({ folder }) => folder !== record.location);
    } else {
      entries.push({ folder: dirname(record.type === 'rename' ? record.to : record.location), record });
      if (record.type === 'create') durable.set(record.location, 0);
      if (record.type === 'remove') {
        for (const location of durable.keys())
          if (location === record.location || location.startsWith(`${record.location}/`)) durable.delete(location);
      }
      if (record.type === 'rename' && durable.has(record.from) && wasDone(record, records.slice(index + 1))) {
        durable.set(record.to, durable.get(record.from)!);
        durable.delete(record.from);
      }
    }
  }
  return { durable, entries };
}

/** The last thing on record may not have come to pass. */
function wasDone({ from }: { readonly from: string }, later: readonly DurabilityRecord[]): boolean {
  return !existsSync(from) || later.some((record) => record.type === 'create' && record.location === from);
}

function damageFile(location: string, durable: number, random: Random): Damage {
  if (!existsSync(location)) return [];
  const { size } = statSync(location);
  if (size <= durable) return [];
  const kept = random.pick([durable, durable + random.below(size - durable)]);
  truncateSync(location, kept);
  if (random.chance(0.5)) return [`${location} was cut to ${kept} of ${size} bytes`];
  truncateSync(location, size);
  return [`${location} has zeros from byte ${kept} to ${size}`];
}

/** What was done by `record` is undone, unless something later is in the way. */
function undo({ record }: Entry): Damage {
  switch (record.type) {
    case 'create':
    case 'make-folder':
      if (!existsSync(record.location)) return [];
      rmSync(record.location, { recursive: true });
      restore(record.type === 'create' ? record.before : []);
      return [`${record.location} was never there`];
    case 'rename':
      if (!existsSync(record.to) || existsSync(record.from) || !existsSync(dirname(record.from))) return [];
      renameSync(record.to, record.from);
      restore(record.before);
      return [`${record.to} is still ${record.from}`];
    case 'remove':
      return restore(record.before).map((location) => `${location} is still there`);
  }
}

function restore(files: readonly KeptFile[]): string[] {
  const restored = files.filter(({ location }) => !existsSync(location));
  for (const { location, copy } of restored) {
    mkdirSync(dirname(location), { recursive: true });
    copyFileSync(copy, location);
  }
  return restored.map(({ location }) => location);
}
