import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildFailure, createChild } from './child-process.mjs';
import { makeMutant } from './make-mutants.mjs';
import { createOracle } from './row-oracle.mjs';
import { measureGoods, runBatch } from './run-batch.mjs';

/** What may become of a mutant. */
export const outcomes = Object.freeze({
  survey: 'refused at survey',
  decoding: 'refused while decoding',
  same: 'accepted, same values',
  other: 'accepted, other values',
});

/** Mutants in one job at most. */
const BATCH = 125;

const inParts = (items, size) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size));

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Footers of mutants, read one after the other outside of a job. A file over which the process hangs or dies is a violation. */
async function surveyMutants(child, mutants, violations) {
  const left = [...mutants];
  const surveyed = [];
  while (left.length > 0) {
    try {
      const { answer } = await child.ask('survey', { paths: left.map(({ path }) => path) });
      for (const [place, survey] of answer.entries()) surveyed.push({ ...left[place], survey });
      return surveyed;
    } catch (error) {
      const place = error instanceof ChildFailure ? left.findIndex(({ path }) => path === error.at) : -1;
      if (place < 0) throw error;
      const [bad] = left.splice(place, 1);
      violations.push({ mutant: bad.index, sentence: `at survey: ${error.message}` });
    }
  }
  return surveyed;
}

/**
 * Makes mutants of sound files and runs all of them through whole jobs.
 * @param options `origins` as of `loadOrigins`, `mutants` how many, `seed`, `requestSeconds` after which a job counts as hung,
 *   `only` the number of a single mutant, `onProgress(done, of, violations)`.
 * @returns `{ records, violations, skipped, origins, maxRss, jobs, checkedByDuckDB }`: one record a mutant; `skipped` names files that
 *   Riffle refuses as they are, `checkedByDuckDB` counts jobs whose rows another engine compared.
 */
export async function runCampaign({ origins, mutants, seed, requestSeconds, only, onProgress = () => undefined }) {
  const work = mkdtempSync(join(tmpdir(), 'riffle-fuzz-'));
  const child = createChild({ requestSeconds });
  const campaign = { records: [], violations: [], skipped: [], jobs: 0, checkedByDuckDB: 0 };
  try {
    const sound = await soundOrigins(child, work, origins, campaign);
    const indexes = only === undefined ? Array.from({ length: mutants }, (_, index) => index) : [only];
    const made = groupBy(
      indexes.map((index) => summary(sound, seed, index)),
      ({ origin }) => origin,
    );
    let done = 0;
    for (const [origin, ofOrigin] of made) {
      await runOrigin(child, work, origin, ofOrigin, seed, sound, campaign);
      done += ofOrigin.length;
      onProgress(done, indexes.length, campaign.violations.length);
    }
    checkPageCrcs(campaign);
    return { ...campaign, maxRss: child.maxRss, origins: sound.map(({ name, crc }) => ({ name, crc })) };
  } finally {
    child.renew();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Where every page has a CRC, no change within a page may pass. */
function checkPageCrcs({ records, violations }) {
  for (const { index, crc, region, outcome } of records) {
    if (crc && region === 'page bytes' && outcome === outcomes.other)
      violations.push({ mutant: index, sentence: 'a change within a page passed, although every page has a CRC' });
  }
}

/** A mutant without its bytes: there may be many. */
function summary(origins, seed, index) {
  const { origin, mutation } = makeMutant(origins, seed, index);
  return { index, origin, mutation };
}

/** Origins that Riffle reads, with what a job of them alone says. */
async function soundOrigins(child, work, origins, campaign) {
  const sound = [];
  for (const [place, origin] of origins.entries()) {
    const folder = join(work, 'origins', String(place));
    mkdirSync(join(work, 'origins'), { recursive: true });
    const path = `${folder}.parquet`;
    writeFileSync(path, origin.bytes);
    const { answer } = await child.ask('survey', { paths: [path] });
    const goods =
      answer[0].error === undefined && answer[0].rows > 0 ? await measureGoods(child, folder, [path]) : undefined;
    if (goods === undefined) campaign.skipped.push(origin.name);
    else sound.push({ ...origin, ...answer[0], goods, oracle: await createOracle(path, join(folder, 'output')) });
  }
  return sound;
}

async function runOrigin(child, work, origin, summaries, seed, origins, campaign) {
  const folder = join(work, 'mutants');
  mkdirSync(folder, { recursive: true });
  const mutants = summaries.map(({ index, mutation }) => {
    const path = join(folder, `${index}.parquet`);
    writeFileSync(path, makeMutant(origins, seed, index).bytes);
    return { index, mutation, path };
  });
  const surveyed = await surveyMutants(child, mutants, campaign.violations);
  const groups = groupBy(surveyed, ({ survey }) => survey.key ?? origin.key);
  for (const [key, group] of groups) {
    const goods =
      key === origin.key ? origin.goods : await makeGoods(child, join(work, 'goods'), group[0].survey.schema);
    // Of a schema that Riffle cannot write, there are no good shards.
    for (const part of inParts(group, goods === undefined ? 1 : BATCH)) {
      const batch = {
        mutants: part,
        goods: goods ?? [],
        oracle: key === origin.key ? origin.oracle : undefined,
      };
      const { outcomes: became, violations } = await runBatch(child, join(work, 'job'), batch);
      campaign.violations.push(...violations);
      const stopped = goods === undefined && [...became.values()].every(({ outcome }) => outcome === 'refused');
      campaign.jobs += stopped ? 1 : 2;
      for (const { index, mutation } of part) {
        const found = became.get(index);
        if (found !== undefined) campaign.records.push(record(origin, key, index, mutation, found));
      }
    }
  }
  campaign.checkedByDuckDB += origin.oracle?.checked ?? 0;
  origin.oracle?.close();
  rmSync(folder, { recursive: true });
}

/** Good shards for mutants that say they have another schema than their origin. */
async function makeGoods(child, folder, schema) {
  const paths = [7, 5].map((rows) => join(folder, `${rows}.parquet`));
  try {
    await child.ask('write', {
      schema,
      files: [7, 5].map((rows, place) => ({ path: paths[place], rows, seed: rows })),
    });
    return await measureGoods(child, join(folder, 'job'), paths);
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw error;
    return undefined;
  }
}

function record(origin, key, index, mutation, { outcome, stage, kind, reason, fingerprint }) {
  const base = { index, origin: origin.name, crc: origin.crc, mutation: mutation.name, region: mutation.region };
  if (outcome === 'refused')
    return { ...base, outcome: stage === 'survey' ? 'refused at survey' : 'refused while decoding', kind, reason };
  if (key === origin.key && fingerprint === origin.goods[0].fingerprint)
    return { ...base, outcome: 'accepted, same values' };
  return { ...base, outcome: 'accepted, other values', schemaChanged: key !== origin.key };
}
