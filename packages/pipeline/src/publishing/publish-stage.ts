import type { Report } from '@riffle/core';
import type { Moved } from '../moving/move-rows.ts';
import type { Planned } from '../planning/plan-stage.ts';
import type { Work } from '../resuming/begin-work.ts';
import type { StartedJob } from '../start-job.ts';
import { readsBack } from '../plugins/reads-back.ts';
import { removeIndex, writeIndex } from './index-files.ts';
import { inputLocations } from './input-locations.ts';
import { collectionLosses } from '../survey/collection-losses.ts';
import { allLost, collectionReports } from '../survey/collection-reports.ts';
import { makeManifest } from './make-manifest.ts';
import { moveIntoPlace } from './move-into-place.ts';
import { oldResult } from './old-result.ts';
import { manifestName, replacedName, reportName, writeDurably } from './output-folder.ts';
import { filePaths } from './shard-paths.ts';
import { shardReports } from './shard-reports.ts';
import { tryWriteCard } from './write-card.ts';
import { tryWriteReport } from './write-report.ts';

/** Moves the verified shards to their final names, then writes the manifest, then the documents for people. */
export async function publishStage(
  context: StartedJob,
  planned: Planned,
  { sums, shards: written, tuning, certified }: Moved,
  { folder, setAside }: Pick<Work, 'folder' | 'setAside'>,
  job: string,
): Promise<Report> {
  const { storage, writer, readers, layout } = context.plugins;
  const paths = filePaths(layout, planned.plan.shards, writer.extension, written);
  const shards = written.map((shard, index) => ({ ...shard, file: paths[index]! }));
  const old = await oldResult(storage, folder.output);
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  const reader = readsBack(readers, writer)?.name ?? '';
  // A recipe's readers are asked first.
  const withOptions = (context.recipe.plugins.readers ?? []).flatMap(({ options }, index) =>
    options === undefined ? [] : [{ name: readers[index]!.name, options }],
  );
  const locations = await inputLocations(storage, planned.plan.survey);
  // It tells of the result that is replaced now.
  await storage.remove(storage.join(folder.state, reportName));
  await moveIntoPlace(storage, folder, paths, writer.extension, {
    signal: context.signal,
    setAside,
    old: old?.receipt.outputs,
    staged: written.map(({ file }) => file),
    onSetAside: (path, kept) =>
      context.warn(`${path} was in the output folder and belonged to no result; it was moved to ${kept}.`),
  });
  await removeIndex(storage, folder.output, writer.extension, old?.receipt.index);
  await storage.remove(storage.join(folder.state, replacedName));
  const manifest = makeManifest({
    planned,
    tuning,
    outputs: sums.outputs,
    inputs: sums.inputs,
    shards,
    reader,
    readers: withOptions,
    writer: writer.name,
    layout: layout?.name,
    startedAt: context.startedAt,
    peakMemoryBytes,
    warnings: context.warnings(),
    timeline: context.timeline(),
    job,
    locations,
    index: await writeIndex(context, planned, folder.output, shards, tuning),
  });
  await writeDurably(storage, folder.state, manifestName, `${JSON.stringify(manifest, undefined, 1)}\n`);
  await tryWriteCard(context, folder.output, manifest);
  await tryWriteReport(context, folder.output, manifest, certified);
  const { survey, memory, rows } = planned.plan;
  return {
    ok: true,
    rows,
    shards: shardReports(manifest.receipt.outputs),
    collections: collectionReports(survey),
    lost: allLost(survey).map(({ status: _status, ...lost }) => lost),
    losses: collectionLosses(collectionReports(survey), allLost(survey)),
    warnings: context.warnings(),
    peakMemoryBytes,
    strategy: memory.strategy,
    seconds: manifest.run.seconds,
  };
}
