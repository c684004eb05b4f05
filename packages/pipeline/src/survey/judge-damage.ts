import type { DamagedFile, LostShard } from '@riffle/core';
import { fileReason } from './file-reason.ts';
import { compareUtf8 } from './find-files.ts';

/** `… (and 2 more files, 3 more row groups)`: one reason is told in full, the others are counted. */
function reasonOf(damage: readonly DamagedFile[], first: string): string {
  const groups = damage.reduce((sum, { fragments }) => sum + (fragments?.length ?? 0), 0) - 1;
  const more: string[] = [];
  if (damage.length > 1) more.push(`${damage.length - 1} more file${damage.length === 2 ? '' : 's'}`);
  else if (groups > 0) more.push(`${groups} more row group${groups === 1 ? '' : 's'}`);
  return more.length === 0 ? first : `${first.replace(/\.$/, '')} (and ${more.join(', ')})`;
}

/** A shard of which a part cannot be read. */
interface DamagedShard {
  readonly collection: string;
  readonly path: string;
  /** Its rows that can be read. */
  readonly rowsLeft: number;
  /** At least one. */
  readonly damage: readonly DamagedFile[];
}

/** The verdict without salvage: all or nothing. Known rows are those of the files that can be read, if there are any. */
export function judgeFailed({ collection, path, rowsLeft, damage }: DamagedShard): LostShard {
  const first = damage.toSorted((one, other) => compareUtf8(one.path, other.path))[0]!;
  const known = rowsLeft + damage.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
  const reason = fileReason(path, first.path, first.reason);
  const { code, kind } = first;
  return { collection, path, status: 'failed', code, kind, reason, ...(known === 0 ? {} : { rows: known }) };
}

/** The verdict with salvage: what can be read is kept, and the shard fails only if no row is left. */
export function judgeSalvaged(shard: DamagedShard): LostShard {
  const { rowsLeft, damage } = shard;
  const failed = judgeFailed(shard);
  const reason = reasonOf(damage, failed.reason);
  if (rowsLeft === 0) return { ...failed, reason };
  const { collection, path, code, kind } = failed;
  const lost = damage.some(({ rows }) => rows === undefined)
    ? {}
    : { rows: damage.reduce((sum, { rows }) => sum + rows!, 0) };
  return {
    collection,
    path,
    status: 'salvaged',
    code,
    kind,
    reason,
    ...lost,
    rowsKept: rowsLeft,
    damage: damage.toSorted((one, other) => compareUtf8(one.path, other.path)),
  };
}
