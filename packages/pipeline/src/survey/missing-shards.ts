import { expand } from 'brace-expansion';
import type { CollectionRecipe, LostShard } from '@riffle/core';

/** A pattern may not stand for more shards than this. */
const maximumExpected = 1_000_000;

/** A shard's name: its path without the extension, so that `00003` is there as a folder or as `00003.parquet`. */
function nameOf(shard: string): string {
  return shard.replace(/\.[^./]+$/, '');
}

/** The width that numbered shards are padded to, or undefined if the names are no plain numbers. */
function numberWidth(names: readonly string[]): number | undefined {
  if (names.length === 0 || names.some((name) => !/^\d+$/.test(name))) return undefined;
  const width = names[0]!.length;
  return names.every((name) => name.length === width) ? width : undefined;
}

/**
 * Paths of shards that were expected but are not there. `found` are the paths of all candidates, good and bad.
 * A pattern names them; a number of numbered shards (`00000`, `00001`, …) does too; another number only counts them.
 */
export function missingShards(expect: CollectionRecipe['expect'], found: readonly string[]): readonly string[] {
  if (expect === undefined) return [];
  const names = found.map(nameOf);
  const there = new Set([...found, ...names]);
  if (typeof expect === 'string') {
    return expand(expect, { max: maximumExpected }).filter((path) => !there.has(path) && !there.has(nameOf(path)));
  }
  const absent = expect - found.length;
  if (absent <= 0) return [];
  const width = numberWidth(names);
  if (width !== undefined) {
    const numbered = Array.from({ length: expect }, (_, index) => String(index).padStart(width, '0')).filter(
      (name) => !there.has(name),
    );
    if (numbered.length === absent) return numbered;
  }
  return Array.from({ length: absent }, (_, index) => `(missing shard ${index + 1} of ${absent}, name unknown)`);
}

/** Whether a lost shard's path is only a stand-in, since nothing tells which shard is missing. */
export function isNameUnknown({ path, status }: Pick<LostShard, 'path' | 'status'>): boolean {
  return status === 'missing' && /^\(missing shard \d+ of \d+, name unknown\)$/.test(path);
}

/** Names missing between numbered shards, at most 3 of them: a hint where nothing was expected. */
export function gapsIn(found: readonly string[]): readonly string[] {
  const names = found.map(nameOf);
  const width = numberWidth(names);
  if (width === undefined) return [];
  const numbers = [...new Set(names.map(Number))].toSorted((one, other) => one - other);
  const gaps: string[] = [];
  for (const [index, number] of numbers.slice(1).entries()) {
    for (let gap = numbers[index]! + 1; gap < number && gaps.length < 3; gap++)
      gaps.push(String(gap).padStart(width, '0'));
  }
  return gaps;
}
