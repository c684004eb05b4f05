import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecipeInput } from '@riffle/core';
import { openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob, verifyResult } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let data: MixedDataset;
beforeAll(async () => {
  const duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
  duckdb.closeSync();
});
const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 4,
  ...more,
});
const named = (...paths: string[]) => ({ plugins: { layout: wrapperPlugin('listed-layout', { paths }) } });
const paths = ['train/a', 'train/b', 'data/deep/c', 'd'];
const files = paths.map((path) => `${path}.parquet`);

async function rowsIn(...globs: string[]): Promise<number> {
  const duckdb = await openDuckDB();
  const list = globs.map((glob) => sqlText(glob)).join(', ');
  const [row] = await queryRows(duckdb, `SELECT count(*)::INTEGER AS rows FROM read_parquet([${list}])`);
  duckdb.closeSync();
  return (row as { readonly rows: number }).rows;
}

describe('a layout', () => {
  it('decides where shards lie, and nothing about what is in them', async () => {
    const plain = await doJob(recipe('plain'));
    const { report } = await doJob(recipe('named'), named(...paths));
    expect(report.shards.map(({ file }) => file)).toEqual(files);
    expect(report.shards.map(({ sha256 }) => sha256)).toEqual(plain.report.shards.map(({ sha256 }) => sha256));
    const output = join(folder, 'named');
    for (const { file, bytes } of report.shards) expect(readFileSync(join(output, file)).length).toBe(bytes);
    expect(await rowsIn(join(output, '*.parquet'), join(output, '*/**/*.parquet'))).toBe(report.rows);
    const manifest = readManifest(output);
    expect([manifest.plan.layout, manifest.receipt.outputs.map(({ file }) => file)]).toEqual(['listed', files]);
    // Without the layout at hand: the manifest says where they are.
    expect(await verifyResult(output)).toMatchObject({ ok: true, findings: [] });
  });

  it('is noticed by verify where a shard is missing, or one too many', async () => {
    const output = join(folder, 'spoilt');
    await doJob(recipe('spoilt'), named(...paths));
    writeFileSync(join(output, 'train', 'x.parquet'), readFileSync(join(output, 'train', 'a.parquet')));
    expect((await verifyResult(output)).findings).toMatchObject([{ file: 'train/x.parquet', code: 'extra' }]);
  });

  it('gives way to another: nothing of the old result stays but what somebody else put there', async () => {
    const output = join(folder, 'replaced');
    await doJob(recipe('replaced'), named(...paths));
    writeFileSync(join(output, 'train', 'notes.txt'), 'mine');
    await doJob(recipe('replaced', { overwrite: true }));
    expect(readdirSync(output).filter((name) => name !== '.riffle')).toEqual([
      ...['00000', '00001', '00002', '00003'].map((name) => `${name}.parquet`),
      'train',
    ]);
    expect(readdirSync(join(output, 'train'))).toEqual(['notes.txt']);
    await doJob(recipe('replaced', { overwrite: true }), named('x/1', 'x/2', 'x/3', 'x/4'));
    expect(readdirSync(output).filter((name) => name !== '.riffle')).toEqual(['train', 'x']);
    expect((await verifyResult(output)).ok).toBe(true);
    expect(existsSync(join(output, '.riffle', 'replaced.json'))).toBe(false);
  });

  it('overwrites nothing that is somebody else’s', async () => {
    const output = join(folder, 'foreign');
    mkdirSync(join(output, 'train'), { recursive: true });
    writeFileSync(join(output, 'train', 'a.parquet'), 'mine');
    writeFileSync(join(output, 'd.parquet'), 'mine, too');
    const { report } = await doJob(recipe('foreign', { overwrite: true }), named(...paths));
    const [aside] = readdirSync(join(output, '.riffle')).filter((name) => name.startsWith('set-aside-'));
    const kept = (name: string) => readFileSync(join(output, '.riffle', aside!, name), 'utf8');
    expect([kept('train/a.parquet'), kept('d.parquet')]).toEqual(['mine', 'mine, too']);
    expect(report.warnings.join()).toContain('train/a.parquet was in the output folder and belonged to no result');
    expect((await verifyResult(output)).ok).toBe(true);
  });

  it('without folders overwrites nothing either', async () => {
    const output = join(folder, 'flat');
    mkdirSync(output);
    writeFileSync(join(output, 'part-1.parquet'), 'mine');
    const flat = ['part-0', 'part-1', 'part-2', 'part-3'];
    const { report } = await doJob(recipe('flat', { overwrite: true }), named(...flat));
    const [aside] = readdirSync(join(output, '.riffle')).filter((name) => name.startsWith('set-aside-'));
    expect(readFileSync(join(output, '.riffle', aside!, 'part-1.parquet'), 'utf8')).toBe('mine');
    expect(report.warnings.join()).toContain('part-1.parquet');
  });

  it.each([
    [['../a', 'b', 'c', 'd'], 'no path of a shard'],
    [['/a', 'b', 'c', 'd'], 'no path of a shard'],
    [['.riffle/a', 'b', 'c', 'd'], 'no path of a shard'],
    [['a', 'b', 'A', 'd'], 'as it calls shard 0'],
    [['a', 'a.parquet/b', 'c', 'd'], 'both for a shard and for a folder'],
  ])('that gives %j is refused before any work', async (given, why) => {
    const { error } = await failJob(recipe('refused'), named(...given));
    expect([error.code, error.message]).toEqual(['PLUGIN_INVALID', expect.stringContaining(why)]);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  });

  it('of a manifest leads nowhere else', async () => {
    const output = join(folder, 'forged');
    await doJob(recipe('forged'), named(...paths));
    const location = join(output, '.riffle', 'manifest.json');
    const forged = readFileSync(location, 'utf8').replace('"train/a.parquet"', '"../plain/00000.parquet"');
    writeFileSync(location, forged);
    const { findings } = await verifyResult(output);
    expect(findings.map(({ message }) => message).join()).toContain('no path of a shard; no shard was opened');
    // Nor is any other folder looked into.
    expect(findings.filter(({ file }) => file.includes('..'))).toEqual([]);
  });
});
