import { createDeal } from '@riffle/shuffler';
import type { JobContext } from '../job-context.ts';
import type { WrittenShard } from '../moving/open-shard.ts';
import { shardName } from '../moving/open-shard.ts';
import { scatterLayout } from '../moving/scatter-units.ts';
import type { ScatterResult } from '../moving/scatter-unit.ts';
import type { Planned } from '../planning/plan-stage.ts';
import { runAll } from '../pool/run-all.ts';
import type { RunFolder } from '../publishing/output-folder.ts';
import { filePaths } from '../publishing/shard-paths.ts';
import { groupBy } from '../survey/group-by.ts';
import type { FileToCheck } from './check-files.ts';
import type { JournalRecord, ScatteredRecord, ShardRecord, SumsRecord } from './journal-records.ts';
import { nothingRecovered, type Recovered } from './recovered.ts';
import { sumsOfRecord } from './sums-records.ts';
import { unitOfRecord } from './spill-records.ts';

/** Files per task: few, since each is read whole. */
const filesPerTask = 4;

/** Which of these files are whole. */
async function checkAll(context: JobContext, files: readonly FileToCheck[]): Promise<readonly boolean[]> {
  const whole: boolean[] = [];
  const starts = Array.from({ length: Math.ceil(files.length / filesPerTask) }, (_, index) => index * filesPerTask);
  await runAll(starts, context.pool.workers, async (start) => {
    const answer = await context.pool.run('checkFiles', { files: files.slice(start, start + filesPerTask) });
    for (const [index, one] of answer.whole.entries()) whole[start + index] = one;
  });
  return whole;
}

/** Whether a record can be of this job: a whole shard, or a part of one if the job divides them. */
function fits({ plan, partitioning }: Planned, extension: string, record: ShardRecord): boolean {
  const { shard, file, partition, fingerprint } = record;
  if (shard >= plan.shards) return false;
  if (partitioning === undefined) return file === shardName(shard, extension);
  return (
    file.startsWith(shardName(shard, '-')) &&
    file.endsWith(extension) &&
    partition?.length === partitioning.by.length &&
    fingerprint !== undefined
  );
}

/** A shard waits in the run's folder, or a run that was interrupted while publishing has put it at its final name. It is whole if its files have all its rows. */
async function wholeShards(
  context: JobContext,
  planned: Planned,
  folder: RunFolder,
  records: readonly ShardRecord[],
): Promise<ReadonlyMap<number, readonly WrittenShard[]>> {
  const { plan } = planned;
  const { storage, writer, layout } = context.plugins;
  const fitting = records.filter((record) => fits(planned, writer.extension, record));
  const paths = filePaths(layout, plan.shards, writer.extension, fitting);
  const deal = createDeal(plan.rows, plan.shards);
  const placesOf = ({ file }: ShardRecord, index: number) =>
    [storage.join(folder.shards, file), storage.join(folder.output, paths[index]!)] as const;
  const places = fitting.map(placesOf);
  const whole = await checkAll(
    context,
    fitting.flatMap(({ bytes, sha256 }, index) => places[index]!.map((location) => ({ location, bytes, sha256 }))),
  );
  // Publishing would move it over the whole one at the final name.
  for (const [index, [staged]] of places.entries())
    if (whole[2 * index] !== true && whole[2 * index + 1] === true) await storage.remove(staged);
  const files = fitting
    .filter((_, index) => whole[2 * index] === true || whole[2 * index + 1] === true)
    .map(({ type: _type, ...file }): WrittenShard => file);
  const rowsOf = (own: readonly WrittenShard[]) => own.reduce((sum, { rows }) => sum + rows, 0);
  return new Map(
    [...groupBy(files, ({ shard }) => shard)].filter(([shard, own]) => rowsOf(own) === deal.rowsOf(shard)),
  );
}

async function wholeUnits(
  context: JobContext,
  planned: Planned,
  folder: RunFolder,
  records: readonly ScatteredRecord[],
  needSums: boolean,
): Promise<ReadonlyMap<number, ScatterResult>> {
  const { storage } = context.plugins;
  const layout = scatterLayout(planned);
  const job = { shards: planned.plan.shards, buckets: planned.plan.buckets.count };
  const candidates = records.flatMap((record) => {
    const location = storage.join(folder.spill, record.file);
    const result = record.layout === layout ? unitOfRecord(record, location, job, needSums) : undefined;
    return result === undefined ? [] : [{ record, location, result }];
  });
  const whole = await checkAll(
    context,
    candidates.map(({ record: { bytes, crc32 }, location }) => ({ location, bytes, crc32 })),
  );
  return new Map(
    candidates.flatMap(({ record, result }, index) => (whole[index] === true ? [[record.unit, result] as const] : [])),
  );
}

/** Of records about the same thing the last one holds. */
function lastOf<Entry extends JournalRecord>(
  records: readonly JournalRecord[],
  type: Entry['type'],
  keyOf: (entry: Entry) => number | string,
): readonly Entry[] {
  const own = records.filter((entry): entry is Entry => entry.type === type);
  return [...new Map(own.map((entry) => [keyOf(entry), entry])).values()];
}

/** Spill that is of no use any more would only fill the disk. */
async function removeOtherSpill(
  { plugins: { storage } }: JobContext,
  folder: RunFolder,
  units: ReadonlyMap<number, ScatterResult>,
): Promise<void> {
  const used = new Set([...units.values()].map(({ spill }) => spill?.file));
  for (const { path } of await storage.list(folder.spill))
    if (!used.has(path)) await storage.remove(storage.join(folder.spill, path));
}

/** Looks at everything that the journal of an interrupted run says is done, and keeps what is whole. */
export async function recover(
  context: JobContext,
  planned: Planned,
  folder: RunFolder,
  records: readonly JournalRecord[],
): Promise<Recovered> {
  if (records.length === 0) return nothingRecovered;
  const { plan } = planned;
  const [lastSums] = lastOf<SumsRecord>(records, 'sums', () => 0);
  const sums = lastSums === undefined ? undefined : sumsOfRecord(lastSums, plan.shards);
  // Shards are written only when the whole input has been decoded once.
  const written = sums === undefined ? [] : lastOf<ShardRecord>(records, 'shard', ({ file }) => file);
  const shards = await wholeShards(context, planned, folder, written);
  const scattered = lastOf<ScatteredRecord>(records, 'scattered', ({ unit }) => unit);
  const units =
    plan.memory.strategy === 'spill' && shards.size < plan.shards
      ? await wholeUnits(context, planned, folder, scattered, sums === undefined)
      : new Map<number, ScatterResult>();
  await removeOtherSpill(context, folder, units);
  context.emit({ type: 'resumed', shards: shards.size, ofShards: plan.shards, scatterUnits: units.size });
  return { sums, shards, units };
}
