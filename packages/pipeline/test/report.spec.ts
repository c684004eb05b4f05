import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { makeDataset, openDuckDB } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../src/index.ts';
import { doJob, eventsOf, tryJob, verifyResult, type JobSettings } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { builtPlugins } from './support/plugins.ts';
import { everythingIn, readManifest, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MixedDataset;
const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 5,
  ...more,
});
const pageOf = (output: string) => join(folder, output, '.riffle/report.html');
/** Puts a folder where the page is to be written, once the job publishes. */
const inTheWay = (output: string): JobSettings => ({
  onEvent: (event) => {
    if (event.type === 'stage-started' && event.stage === 'publish') mkdirSync(`${pageOf(output)}.partial`);
  },
});
const remake = (output: string) => report(output, { plugins: builtPlugins, baseFolder: folder });

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
  await doJob(recipe('made'));
});
afterAll(() => duckdb.closeSync());

describe('the report of a result', () => {
  it('is there after a run, and verify does not mind what becomes of it', async () => {
    const rows = readManifest(join(folder, 'made')).plan.rows.toLocaleString('en-US');
    expect(readFileSync(pageOf('made'), 'utf8')).toContain(`${rows} rows of`);
    writeFileSync(pageOf('made'), 'changed');
    expect(await verifyResult(join(folder, 'made'))).toMatchObject({ ok: true, findings: [] });
    rmSync(pageOf('made'));
    expect(await verifyResult(join(folder, 'made'))).toMatchObject({ ok: true, findings: [] });
  });

  it('of many rows, judged by a worker beside the others, is what the manifest alone gives', async () => {
    const many = await makeDataset(join(folder, 'many'), {
      rowsPerShard: 12_000,
      columns: { id: 'i' },
      connection: duckdb,
    });
    await doJob({ collections: [...many.collections], output: join(folder, 'of-many'), shards: 7 });
    const page = readFileSync(pageOf('of-many'), 'utf8');
    expect(page).toContain('72,000 rows of');
    await remake('of-many');
    expect(readFileSync(pageOf('of-many'), 'utf8')).toBe(page);
  });

  it('is made anew from the manifest, and nothing else is touched', async () => {
    rmSync(pageOf('made'), { force: true });
    const before = everythingIn(join(folder, 'made'));
    const made = await remake('made');
    expect(made).toMatchObject({ location: pageOf('made'), bytes: readFileSync(pageOf('made')).length });
    expect(made.manifest).toEqual(readManifest(join(folder, 'made')));
    expect(everythingIn(join(folder, 'made'))).toEqual([...before, '.riffle/report.html'].toSorted());
    const page = readFileSync(pageOf('made'), 'utf8');
    await remake('made');
    expect(readFileSync(pageOf('made'), 'utf8')).toBe(page);
  });

  it('has how columns were converted, and what was planned', () => {
    const { run } = readManifest(join(folder, 'made'));
    expect(run.planned).toMatchObject({ verify: 'full', reason: expect.any(String), inputBytes: expect.any(Number) });
    expect(
      run.columns?.map(({ sources }) => sources.reduce((sum, { ofCollections }) => sum + ofCollections, 0)),
    ).toEqual(run.columns?.map(() => data.collections.length));
  });

  it('that cannot be written is a warning, and the result is published', async () => {
    const { report: done, events } = await doJob(recipe('unwritable'), inTheWay('unwritable'));
    expect(done.ok).toBe(true);
    expect(done.warnings.join()).toContain('its report could not be written');
    expect(
      eventsOf(events, 'warning')
        .map(({ message }) => message)
        .join(),
    ).toContain('riffle report');
    expect(everythingIn(join(folder, 'unwritable'))).not.toContain('.riffle/report.html');
    expect(await verifyResult(join(folder, 'unwritable'))).toMatchObject({ ok: true });
  });

  it('of an older result does not outlive it', async () => {
    await doJob(recipe('older'));
    await doJob(recipe('older', { overwrite: true, seed: 'new' }), inTheWay('older'));
    expect(everythingIn(join(folder, 'older'))).not.toContain('.riffle/report.html');
  });

  it('is made by --resume where it is missing, and left alone where it is not', async () => {
    await doJob(recipe('resumed'));
    const shards = shardHashes(join(folder, 'resumed'));
    rmSync(pageOf('resumed'));
    expect((await tryJob(recipe('resumed'), { resume: true })).report?.ok).toBe(true);
    expect(readFileSync(pageOf('resumed'), 'utf8')).toContain('Whole and verified');
    writeFileSync(pageOf('resumed'), 'mine');
    expect((await tryJob(recipe('resumed'), { resume: true })).report?.ok).toBe(true);
    expect(readFileSync(pageOf('resumed'), 'utf8')).toBe('mine');
    expect(shardHashes(join(folder, 'resumed'))).toEqual(shards);
  });
});

describe('a folder without a result', () => {
  it.each([
    ['nothing', () => undefined],
    ['a folder without a manifest', (place: string) => mkdirSync(place)],
    [
      'a manifest that is none',
      (place: string) => {
        mkdirSync(join(place, '.riffle'), { recursive: true });
        writeFileSync(join(place, '.riffle/manifest.json'), '{"plan":{"rows":"<script>"}}');
      },
    ],
  ])('is refused: %s', async (name, make) => {
    make(join(folder, name));
    await expect(remake(name)).rejects.toMatchObject({ code: 'NOT_A_RESULT', exitCode: 2 });
  });

  it('whose manifest was edited gets a page that says so', async () => {
    await doJob(recipe('edited'));
    const location = join(folder, 'edited/.riffle/manifest.json');
    writeFileSync(location, readFileSync(location, 'utf8').replace('"seed": "42"', '"seed": "43"'));
    await remake('edited');
    expect(readFileSync(pageOf('edited'), 'utf8')).toContain('The manifest was edited');
  });
});
