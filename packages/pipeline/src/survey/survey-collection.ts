import type { CollectionRecipe, LostShard, SurveyedCollection, SurveyedFile, SurveyedShard } from '@riffle/core';
import { runAll } from '../pool/run-all.ts';
import type { JobContext } from '../job-context.ts';
import type { ExaminedFile } from './examine-files.ts';
import { fileReason } from './file-reason.ts';
import { compareUtf8, findFiles, type FoundFile } from './find-files.ts';
import { gapsIn, missingShards } from './missing-shards.ts';
import type { SchemaTable } from './schema-table.ts';

/** Files per task: enough to make a message worth while, few enough to share the work evenly. */
const filesPerTask = 32;

async function examine(context: JobContext, files: readonly FoundFile[]): Promise<readonly ExaminedFile[]> {
  const answers: ExaminedFile[] = new Array(files.length);
  const starts = Array.from({ length: Math.ceil(files.length / filesPerTask) }, (_, index) => index * filesPerTask);
  await runAll(starts, context.pool.workers, async (start) => {
    const part = files.slice(start, start + filesPerTask).map(({ path, location }) => ({ path, location }));
    const { files: examined } = await context.pool.run('examine', { files: part });
    for (const [index, answer] of examined.entries()) {
      // A trap of the codec counts as content only if it repeats in a fresh worker.
      const trapped = answer.status === 'bad' && answer.trapped;
      answers[start + index] = trapped
        ? (await context.pool.runFresh('examine', { files: [part[index]!] })).files[0]!
        : answer;
    }
  });
  return answers;
}

/** Reads the metadata of every file of one collection and sorts its shards into good and lost. */
export async function surveyCollection(
  context: JobContext,
  recipe: CollectionRecipe,
  location: string,
  schemas: SchemaTable,
): Promise<SurveyedCollection> {
  const found = await findFiles(context.plugins.storage, location, { signal: context.signal });
  const examined = await examine(context, found.files);
  const good = new Map<string, SurveyedFile[]>();
  const failed = new Map<string, LostShard>();
  let ignored = found.skipped;

  const fail = (shard: string, file: string, code: LostShard['code'], reason: string) => {
    if (!failed.has(shard))
      failed.set(shard, {
        collection: recipe.name,
        path: shard,
        status: 'failed',
        code,
        reason: fileReason(shard, file, reason),
      });
  };
  for (const { path, shard, reason } of found.unusable) fail(shard, path, 'BAD_CONTENT', reason);
  for (const [index, file] of found.files.entries()) {
    const answer = examined[index]!;
    if (answer.status === 'ignored') ignored++;
    else if (answer.status === 'bad') fail(file.shard, file.path, answer.code, answer.reason);
    else {
      const { reader, survey, size, version } = answer;
      const files = good.get(file.shard) ?? good.set(file.shard, []).get(file.shard)!;
      files.push({
        path: file.path,
        location: file.location,
        size,
        version,
        reader,
        rows: survey.rows,
        fragments: survey.fragments,
        schema: schemas.add(survey.schema),
        columns: survey.columns,
      });
      for (const warning of survey.warnings) context.warn(`${recipe.name}/${file.path}: ${warning}`);
    }
  }

  const shards: SurveyedShard[] = [...good]
    .filter(([shard]) => !failed.has(shard))
    .map(([path, files]) => ({ path, files, rows: files.reduce((sum, file) => sum + file.rows, 0) }))
    .sort((one, other) => compareUtf8(one.path, other.path));
  const empty = found.emptyFolders.map((path): LostShard => ({
    collection: recipe.name,
    path,
    status: 'empty',
    code: 'EMPTY',
    reason: 'the folder is empty',
  }));
  const candidates = [...shards.map((shard) => shard.path), ...failed.keys(), ...found.emptyFolders];
  const gaps = recipe.expect === undefined ? gapsIn(candidates) : [];
  if (gaps.length > 0)
    context.warn(
      `${recipe.name}: the numbers of its shards have a gap (${gaps.join(', ')}${gaps.length === 3 ? ', …' : ''}). If they should be there, say how many are expected (expect in a recipe, --expect), and they are counted as lost.`,
    );
  const missing = missingShards(recipe.expect, candidates).map((path): LostShard => ({
    collection: recipe.name,
    path,
    status: 'missing',
    code: 'MISSING',
    reason: `expected (${String(recipe.expect)}) but not there`,
  }));
  const lost = [...failed.values(), ...empty, ...missing].sort((one, other) => compareUtf8(one.path, other.path));
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  return {
    name: recipe.name,
    path: recipe.path,
    location,
    shards,
    lost,
    rows,
    expected: shards.length + lost.length,
    ignored,
  };
}
