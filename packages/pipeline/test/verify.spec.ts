import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RiffleEvent } from '@riffle/core';
import { flipBit, makeDataset, openDuckDB, parquetTable, seededRandom } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, verifyResult } from './support/job.ts';
import { makeMixedDataset } from './support/mixed-dataset.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { everythingIn, readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { copier, editManifest, type EditableManifest } from './support/verify-copies.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
  const { collections } = await makeMixedDataset(join(folder, 'in'), duckdb);
  await doJob({ collections: [...collections], output: join(folder, 'result'), shards: 6 });
  await doJob({ collections: [...collections], output: join(folder, 'other seed'), shards: 6, seed: 'other' });
  const { collections: narrow } = await makeDataset(join(folder, 'narrow'), {
    columns: { id: 'i' },
    connection: duckdb,
  });
  await doJob({ collections: [...narrow], output: join(folder, 'other schema'), shards: 1 });
});
afterAll(() => duckdb.closeSync());

const spoiled = copier(folder, join(folder, 'result'));

async function findingsOf(output: string): Promise<string[]> {
  const { ok, findings } = await verifyResult(output);
  expect(ok).toBe(findings.length === 0);
  for (const { message } of findings) expect(message).toMatch(/\w+ \w+ .*\.$/s);
  return findings.map(({ file, code }) => `${file} ${code}`);
}

describe('verify finds nothing', () => {
  it('in a result, wherever it was moved and whatever lies beside it', async () => {
    const output = spoiled((copy) => writeFileSync(join(copy, 'README.md'), 'about'));
    renameSync(output, `${output} moved`);
    const before = everythingIn(`${output} moved`);
    expect(await verifyResult(`${output} moved`)).toMatchObject({ ok: true, shards: 6, findings: [] });
    expect(everythingIn(`${output} moved`)).toEqual(before);
  });

  it('where only the part of the manifest about the run was changed', async () => {
    expect(
      await findingsOf(
        spoiled((output) => editManifest(output, (manifest) => (manifest.run = { ...manifest.run, host: 'another' }))),
      ),
    ).toEqual([]);
  });
});

describe('verify finds and names', () => {
  it('a flipped bit in every part of a file, each in the shard that has it', async () => {
    const parts: readonly [string, (size: number, footer: number) => number][] = [
      ['magic at the start', () => 1],
      ['header of the first page', () => 5],
      ['pages', (size) => Math.floor(size / 3)],
      ['footer', (size, footer) => size - 8 - Math.floor(footer / 2)],
      ['length of the footer', (size) => size - 8],
      ['magic at the end', (size) => size - 1],
    ];
    const bytes: number[] = [];
    const output = spoiled(() => undefined);
    for (const [number, [, place]] of parts.entries()) {
      const file = join(output, `0000${number}.parquet`);
      const { length } = readFileSync(file);
      bytes.push(place(length, readFileSync(file).readUInt32LE(length - 8)));
      await flipBit(file, 8 * bytes.at(-1)! + 3);
    }
    const { findings } = await verifyResult(output);
    const names = parts.map((_, number) => `0000${number}.parquet`);
    expect(findings.filter(({ code }) => code === 'sha256').map(({ file }) => file)).toEqual(names);
    for (const { file, message } of findings) expect(message.startsWith(`${file} `)).toBe(true);
  });

  it('a flipped bit anywhere, whatever becomes of the file', async () => {
    const random = seededRandom(11);
    for (let round = 0; round < 4; round++) {
      const output = spoiled(() => undefined);
      const names = [0, 1, 2, 3, 4, 5].map((number) => `0000${number}.parquet`);
      for (const name of names) await flipBit(join(output, name), random.below(8 * statSync(join(output, name)).size));
      const { findings } = await verifyResult(output);
      expect(findings.filter(({ code }) => code === 'sha256').map(({ file }) => file)).toEqual(names);
    }
  });

  it('a truncated shard, a shard with something appended', async () => {
    expect(await findingsOf(spoiled((_, shard) => truncateSync(shard(1), 1000)))).toEqual([
      '00001.parquet bytes',
      '00001.parquet unreadable',
    ]);
    expect(await findingsOf(spoiled((_, shard) => truncateSync(shard(1), 0)))).toEqual([
      '00001.parquet bytes',
      '00001.parquet unreadable',
    ]);
    expect((await findingsOf(spoiled((_, shard) => appendFileSync(shard(1), 'x'))))[0]).toBe('00001.parquet bytes');
  });

  it.each([
    ['of equal rows', 0, 1],
    ['of unequal rows', 0, 5],
  ])('two shards %s that were swapped, as swapped', async (_, one, other) => {
    const output = spoiled((copy, shard) => {
      renameSync(shard(one), join(copy, 'x'));
      renameSync(shard(other), shard(one));
      renameSync(join(copy, 'x'), shard(other));
    });
    const says = (file: string, holds: string) =>
      `${file} holds the rows that the manifest says are in ${holds}, which holds those of ${file}: the two were swapped.`;
    const [first, second] = [`0000${one}.parquet`, `0000${other}.parquet`];
    expect((await verifyResult(output)).findings).toEqual([
      { file: first, code: 'misplaced', message: says(first, second), found: second },
      { file: second, code: 'misplaced', message: says(second, first), found: first },
    ]);
  });

  it('a shard that another was copied over', async () => {
    const output = spoiled((_, shard) => copyFileSync(shard(2), shard(3)));
    expect((await verifyResult(output)).findings).toEqual([
      {
        file: '00003.parquet',
        code: 'misplaced',
        message: '00003.parquet holds the rows that the manifest says are in 00002.parquet, not its own.',
        found: '00002.parquet',
      },
    ]);
  });

  it('three shards that changed places, each with the one it holds', async () => {
    const output = spoiled((copy, shard) => {
      renameSync(shard(0), join(copy, 'x'));
      renameSync(shard(1), shard(0));
      renameSync(shard(2), shard(1));
      renameSync(join(copy, 'x'), shard(2));
    });
    const { findings } = await verifyResult(output);
    expect(findings.map(({ file, code, found }) => [file, code, found])).toEqual([
      ['00000.parquet', 'misplaced', '00001.parquet'],
      ['00001.parquet', 'misplaced', '00002.parquet'],
      ['00002.parquet', 'misplaced', '00000.parquet'],
    ]);
  });

  it('a shard replaced by a valid one with as many other rows', async () => {
    const found = await findingsOf(
      spoiled((_, shard) => copyFileSync(join(folder, 'other seed/00003.parquet'), shard(3))),
    );
    expect(found).toContain('00003.parquet fingerprint');
    expect(found).not.toContain('00003.parquet rows');
  });

  it('a shard that another program wrote again with the same rows: other bytes, and the rows are the same', async () => {
    const output = spoiled(() => undefined);
    const file = join(output, '00003.parquet');
    await duckdb.run(`COPY (FROM ${parquetTable(file)}) TO '${file}.new' (FORMAT parquet, COMPRESSION gzip)`);
    renameSync(`${file}.new`, file);
    expect((await verifyResult(output)).findings).toEqual([
      {
        file: '00003.parquet',
        code: 'bytes',
        message: expect.stringMatching(
          /^00003\.parquet has \d+ bytes instead of \d+; it still holds the same rows, by their fingerprint \(their order is not compared: see --against-inputs\)\.$/,
        ),
        found: statSync(file).size,
      },
    ]);
  });

  it('what is named like a shard and is no file, or has a number beyond', async () => {
    const output = spoiled((copy, shard) => {
      rmSync(shard(1));
      mkdirSync(shard(1));
      mkdirSync(join(copy, '00008.parquet'));
      symlinkSync('nowhere', join(copy, '123456.parquet'));
      writeFileSync(join(copy, '0001.parquet'), '');
    });
    const { findings } = await verifyResult(output);
    expect(findings.map(({ file, code, message }) => [file, code, message])).toEqual([
      ['00001.parquet', 'missing', '00001.parquet is a folder and no file.'],
      ['00008.parquet', 'extra', '00008.parquet is there and is not in the manifest.'],
      ['123456.parquet', 'extra', '123456.parquet is there and is not in the manifest.'],
    ]);
  });

  it('what only the shards contradict in a manifest with a new digest', async () => {
    const forged = (edit: (manifest: EditableManifest) => void) =>
      findingsOf(spoiled((output) => editManifest(output, edit, true)));
    const { plan, receipt } = readManifest(join(folder, 'other schema'));
    expect(receipt.outputs.length).toBe(1);
    expect(await forged((manifest) => (manifest.plan.treaty = plan.treaty))).toEqual(
      [0, 1, 2, 3, 4, 5].map((number) => `0000${number}.parquet schema`),
    );
    const changed = await forged(({ receipt: { outputs } }) => {
      outputs[0]!.bytes++;
      outputs[1]!.sha256 = outputs[2]!.sha256;
      [outputs[4]!.fingerprint, outputs[5]!.fingerprint] = [outputs[5]!.fingerprint, outputs[4]!.fingerprint];
    });
    expect(changed).toEqual([
      '00000.parquet bytes',
      '00001.parquet sha256',
      '00004.parquet misplaced',
      '00005.parquet misplaced',
    ]);
  });

  it('a missing shard, an additional one', async () => {
    expect(await findingsOf(spoiled((_, shard) => rmSync(shard(5))))).toEqual(['00005.parquet missing']);
    expect(await findingsOf(spoiled((_, shard) => copyFileSync(shard(0), shard(6))))).toEqual(['00006.parquet extra']);
  });

  it('everything at once, with counts in the event', async () => {
    const output = spoiled((_, shard) => {
      rmSync(shard(0));
      truncateSync(shard(1), 1000);
      copyFileSync(shard(2), shard(7));
    });
    const events: RiffleEvent[] = [];
    const { ok } = await verifyResult(output, { onEvent: (event) => void events.push(event) });
    expect(ok).toBe(false);
    expect(eventsOf(events, 'verified')).toEqual([{ type: 'verified', valid: 4, empty: 0, missing: 1, different: 1 }]);
  });

  it('an edited manifest, also where the digest was made anew', async () => {
    const seed = (output: string) =>
      editManifest(output, (manifest) => (manifest.plan = { ...manifest.plan, seed: '43' }));
    expect(await findingsOf(spoiled(seed))).toEqual(['.riffle/manifest.json manifest']);
    const rows = (output: string) =>
      editManifest(
        output,
        ({ receipt }) => Object.assign(receipt.outputs[0]!, { rows: receipt.outputs[0]!.rows - 1 }),
        true,
      );
    expect(await findingsOf(spoiled(rows))).toEqual(['.riffle/manifest.json manifest', '00000.parquet rows']);
    const fewer = (output: string) => editManifest(output, ({ receipt }) => (receipt.outputs as unknown[]).pop(), true);
    expect(await findingsOf(spoiled(fewer))).toEqual([
      '.riffle/manifest.json manifest',
      '.riffle/manifest.json manifest',
      '.riffle/manifest.json manifest',
      '00005.parquet extra',
    ]);
  });

  it.each([
    ['not JSON', '{"format": '],
    ['another format', '{"format": "riffle-manifest-v9"}'],
    ['no object', '[]'],
  ])('a manifest that is %s', async (_, text) => {
    expect(await findingsOf(spoiled((output) => writeFileSync(join(output, '.riffle/manifest.json'), text)))).toEqual([
      '.riffle/manifest.json manifest',
    ]);
  });
});

describe('verify is not led astray by a manifest', () => {
  it.each([
    '../other seed/00000.parquet',
    '/etc/passwd',
    '.riffle/log.jsonl',
    'sub/00000.parquet',
    '00000.parquet/../00001.parquet',
    '00000.parquet\u0000',
  ])('that names %j: it opens nothing', async (file) => {
    const output = spoiled((copy) =>
      editManifest(copy, ({ receipt }) => Object.assign(receipt.outputs[0]!, { file }), true),
    );
    const opened = join(folder, `opened by ${encodeURIComponent(file)}`);
    writeFileSync(opened, '');
    const { ok, findings } = await verifyResult(output, {
      plugins: { storage: wrapperPlugin('watched-storage', { log: opened }) },
    });
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({
      file: '.riffle/manifest.json',
      code: 'manifest',
      message: expect.stringContaining(JSON.stringify(file)),
    });
    expect(readFileSync(opened, 'utf8').trimEnd().split('\n')).toEqual([join(output, '.riffle/manifest.json')]);
  });

  it('that names one shard twice', async () => {
    expect(
      await findingsOf(
        spoiled((output) =>
          editManifest(output, ({ receipt }) => Object.assign(receipt.outputs[0]!, { file: '00001.parquet' }), true),
        ),
      ),
    ).toContain('.riffle/manifest.json manifest');
  });

  it('that names plugins: it loads only those it was given', async () => {
    const output = spoiled((copy) =>
      editManifest(
        copy,
        (manifest) => (manifest.plan = { ...manifest.plan, reader: 'file:///tmp/evil.mjs', writer: 'evil' }),
        true,
      ),
    );
    expect((await verifyResult(output)).findings.filter(({ code }) => code !== 'manifest')).toEqual([]);
  });
});

describe('verify refuses', () => {
  it('a folder without a manifest, and a folder that is not there', async () => {
    const output = spoiled((copy) => rmSync(join(copy, '.riffle/manifest.json')));
    for (const place of [output, join(folder, 'nowhere')])
      await expect(verifyResult(place)).rejects.toMatchObject({ code: 'NOT_A_RESULT', exitCode: 2 });
  });

  it('a manifest that is a folder or a dangling link', async () => {
    const dangling = spoiled((copy) => {
      rmSync(join(copy, '.riffle/manifest.json'));
      symlinkSync('nowhere', join(copy, '.riffle/manifest.json'));
    });
    await expect(verifyResult(dangling)).rejects.toMatchObject({ code: 'NOT_A_RESULT' });
  });
});
