import type { CollectionRecipe, DamagedFile, LostShard, SurveyedCollection, SurveyedFile } from '@riffle/core';
import { runAll } from '../pool/run-all.ts';
import type { JobContext } from '../job-context.ts';
import type { ExaminedFile } from './examine-files.ts';
import { compareUtf8, findFiles, type FoundFile } from './find-files.ts';
import { linkWarnings } from './link-warnings.ts';
import { judgeShards } from './judge-shards.ts';
import { gapsIn, missingShards } from './missing-shards.ts';
import type { SchemaTable } from './schema-table.ts';
import type { SharedFiles } from './shared-files.ts';
import type { TwinCandidate } from './twins.ts';
import { withoutCompanions } from './without-companions.ts';

/** Files per task: enough to make a message worth while, few enough to share the work evenly. */
const filesPerTask = 32;

async function examine(context: JobContext, files: readonly FoundFile[]): Promise<readonly ExaminedFile[]> {
  const { decodedBytes, decodedRatio } = context.recipe.limits;
  const limits = { decodedBytes, ratio: decodedRatio };
  const answers: ExaminedFile[] = new Array(files.length);
  const starts = Array.from({ length: Math.ceil(files.length / filesPerTask) }, (_, index) => index * filesPerTask);
  await runAll(starts, context.pool.workers, async (start) => {
    const part = files.slice(start, start + filesPerTask).map(({ path, location }) => ({ path, location }));
    const { files: examined } = await context.pool.run('examine', { files: part, limits });
    for (const [index, answer] of examined.entries()) answers[start + index] = answer;
  });
  return answers;
}

/** Reads the metadata of every file of one collection and sorts its shards into good and lost. */
export async function surveyCollection(
  context: JobContext,
  recipe: CollectionRecipe,
  location: string,
  schemas: SchemaTable,
  shared: SharedFiles,
): Promise<SurveyedCollection> {
  const { storage, readers } = context.plugins;
  const found = await findFiles(storage, location, readers, { signal: context.signal });
  // One worker may be enough to survey what takes all of them to move.
  context.pool.expectBytes(found.bytes);
  const paths = found.files.map(({ path }) => path);
  const { examined, warnings } = withoutCompanions(await examine(context, found.files), paths, readers);
  for (const warning of warnings) context.warn(`${recipe.name}: ${warning}`);
  const good: TwinCandidate[] = [];
  const damaged = new Map<string, DamagedFile[]>();
  let ignored = found.skipped + found.special.length;

  const fail = (shard: string, file: DamagedFile) => {
    const damage = damaged.get(shard) ?? damaged.set(shard, []).get(shard)!;
    damage.push(file);
  };
  for (const { shard, ...entry } of found.unusable) fail(shard, { ...entry, code: 'BAD_CONTENT' });
  for (const [index, file] of found.files.entries()) {
    const answer = examined[index]!;
    if (answer.status === 'ignored') ignored++;
    else if (answer.status === 'bad') {
      const { code, kind, reason } = answer;
      fail(file.shard, { path: file.path, code, kind, reason });
    } else {
      const { reader, survey, size, version } = answer;
      const surveyed: SurveyedFile = {
        path: file.path,
        location: file.location,
        size,
        version,
        reader,
        rows: survey.rows,
        fragments: survey.fragments,
        schema: schemas.add(survey.schema),
        columns: survey.columns,
      };
      good.push({ shard: file.shard, identity: file.identity, file: surveyed });
      shared.add(recipe.name, file.path, file.identity);
      for (const warning of survey.warnings) context.warn(`${recipe.name}/${file.path}: ${warning}`);
    }
  }

  const salvage = context.recipe.onBadShard === 'salvage';
  const { shards, verdicts, twins } = judgeShards({ collection: recipe.name, good, damaged, salvage });
  for (const warning of linkWarnings(found, twins)) context.warn(`${recipe.name}: ${warning}`);
  const empty = found.emptyFolders.map((path): LostShard => ({
    collection: recipe.name,
    path,
    status: 'empty',
    code: 'EMPTY',
    kind: 'empty',
    reason: 'the folder is empty',
  }));
  // A shard that is another one by a link is there, though it gives no rows of its own.
  const linked = twins.map((twin) => twin.shard);
  const named = [...shards, ...verdicts].map(({ path }) => path);
  const candidates = [...new Set([...named, ...linked]), ...found.emptyFolders];
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
    kind: 'missing',
    reason: `expected (${String(recipe.expect)}) but not there`,
  }));
  const lost = [...verdicts, ...empty, ...missing].sort((one, other) => compareUtf8(one.path, other.path));
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  return {
    name: recipe.name,
    path: recipe.path,
    location,
    ...(found.files[0]?.location === location ? { singleFile: true } : {}),
    shards,
    lost,
    twins,
    rows,
    expected: shards.length + lost.filter(({ status }) => status !== 'salvaged').length,
    ignored,
  };
}
