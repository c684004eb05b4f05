import type { LostShard, Storage, Survey } from '@riffle/core';
import { isNameUnknown } from '../survey/missing-shards.ts';
import { lostName, writeDurably } from './output-folder.ts';

/** One line of `.riffle/lost.jsonl`: what a script needs to fetch the shard again. */
type LossRecord = LostShard & {
  /** What to fetch again, as an absolute location; missing where nothing is known but that a shard is missing. */
  readonly location?: string;
};

/** Every loss of a job with its location, collections in recipe order, then by path. */
function lossRecords(storage: Pick<Storage, 'join'>, survey: Survey): readonly LossRecord[] {
  return survey.collections.flatMap(({ location, lost, singleFile }) =>
    lost.map((shard) => ({
      ...shard,
      ...(isNameUnknown(shard) ? {} : { location: singleFile ? location : storage.join(location, shard.path) }),
    })),
  );
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
