import type { LossRecord, Storage, Survey } from '@riffle/core';
import { isNameUnknown } from '../survey/missing-shards.ts';
import { lostName, writeDurably } from './output-folder.ts';

/** Every loss of a job with its location, collections in recipe order, then by path. */
function lossRecords(storage: Pick<Storage, 'join'>, survey: Survey): readonly LossRecord[] {
  return survey.collections.flatMap(({ location, lost, singleFile }) => {
    const locate = (path: string) => (singleFile === true ? location : storage.join(location, path));
    return lost.map(({ damage, ...shard }): LossRecord => ({
      ...shard,
      ...(isNameUnknown(shard) ? {} : { location: locate(shard.path) }),
      ...(damage === undefined ? {} : { damage: damage.map((file) => ({ ...file, location: locate(file.path) })) }),
    }));
  });
}

/**
 * Makes `.riffle/lost.jsonl` say what is lost now, one JSON object a line, durably. Without a loss there is no such file.
 * It is the last run's, as the log is.
 */
export async function writeLosses(storage: Storage, stateFolder: string, survey: Survey): Promise<void> {
  const records = lossRecords(storage, survey);
  if (records.length === 0) await storage.remove(storage.join(stateFolder, lostName));
  else
    await writeDurably(storage, stateFolder, lostName, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}
