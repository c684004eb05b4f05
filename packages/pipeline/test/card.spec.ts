import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, tryJob, verifyResult } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MixedDataset;
const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 3,
  card: true,
  ...more,
});
const cardOf = (output: string) => join(folder, output, 'README.md');
const read = (output: string) => readFileSync(cardOf(output), 'utf8');
const again = (output: string, more: Partial<RecipeInput> = {}) => doJob(recipe(output, { overwrite: true, ...more }));

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
});
afterAll(() => duckdb.closeSync());

describe('the dataset card', () => {
  it('is written beside the shards only if it is asked for, the same for the same job', async () => {
    await doJob(recipe('one'));
    await doJob(recipe('two'));
    expect(read('one')).toMatch(/^---\nconfigs:/);
    expect(read('two')).toBe(read('one'));
    expect(await verifyResult(join(folder, 'one'))).toMatchObject({ ok: true, findings: [] });
    await doJob(recipe('without', { card: false }));
    expect(existsSync(cardOf('without'))).toBe(false);
  });

  it('is replaced with the result that it tells of', async () => {
    await doJob(recipe('replaced'));
    const before = read('replaced');
    const { report } = await again('replaced', { shards: 2 });
    expect(report.warnings).toEqual([]);
    expect(read('replaced')).not.toBe(before);
    expect(read('replaced')).toContain('--shards 2');
    await again('replaced', { shards: 3 });
    expect(read('replaced')).toBe(before);
  });

  it('goes with its result where the next one has none, since its numbers would be wrong', async () => {
    await doJob(recipe('gone'));
    const { report } = await again('gone', { shards: 2, card: false });
    expect(existsSync(cardOf('gone'))).toBe(false);
    expect(report.warnings).toEqual([expect.stringContaining('was removed')]);
    expect((await again('gone', { shards: 3, card: false })).report.warnings).toEqual([]);
  });

  it('is made by --resume of a finished result', async () => {
    await doJob(recipe('resumed'));
    const before = read('resumed');
    rmSync(cardOf('resumed'));
    expect((await tryJob(recipe('resumed'), { resume: true })).report?.warnings).toEqual([]);
    expect(read('resumed')).toBe(before);
  });
});

describe('a README.md of somebody else', () => {
  it('stays, and the card is put where it can be found', async () => {
    mkdirSync(join(folder, 'theirs'));
    writeFileSync(cardOf('theirs'), 'mine');
    const { report } = await again('theirs');
    expect(read('theirs')).toBe('mine');
    expect(report.warnings).toEqual([expect.stringMatching(/stays as it is.*\.riffle\/README\.md/)]);
    expect(readFileSync(join(folder, 'theirs/.riffle/README.md'), 'utf8')).toMatch(/^---\nconfigs:/);
    // It is nobody's work and no result: the next run is not refused because of it.
    await again('theirs', { seed: 'other' });
    expect(read('theirs')).toBe('mine');
  });

  it('stays if it is Riffle’s with a change, with --card and without', async () => {
    await doJob(recipe('edited'));
    const edited = `${read('edited')}\nAnd a line of mine.\n`;
    writeFileSync(cardOf('edited'), edited);
    expect((await again('edited', { shards: 2 })).report.warnings.join()).toContain('stays as it is');
    expect((await again('edited', { card: false })).report.warnings.join()).toContain('changed since, so it stays');
    expect(read('edited')).toBe(edited);
  });

  it.each(['{"sha256":"all"}', '[]', 'null', '{'])('stays whatever the record says: %s', async (record) => {
    const name = `record-${record.length}`;
    await doJob(recipe(name));
    writeFileSync(cardOf(name), 'mine');
    writeFileSync(join(folder, name, '.riffle/card.json'), record);
    await again(name, { shards: 2 });
    expect(read(name)).toBe('mine');
  });

  it('that is a folder is no reason to fail', async () => {
    mkdirSync(cardOf('folder'), { recursive: true });
    expect((await again('folder')).report.warnings.join()).toContain('stays as it is');
  });
});
