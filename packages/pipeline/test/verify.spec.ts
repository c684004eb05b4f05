import {
  appendFileSync,
  copyFileSync,
  cpSync,
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
import type { Manifest, RiffleEvent } from '@riffle/core';
import { flipBit, openDuckDB } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestDigest } from '../src/publishing/make-manifest.ts';
import { doJob, eventsOf, verifyResult } from './support/job.ts';
import { makeMixedDataset } from './support/mixed-dataset.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { everythingIn, readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
  const { collections } = await makeMixedDataset(join(folder, 'in'), duckdb);
  await doJob({ collections: [...collections], output: join(folder, 'result'), shards: 6 });
  await doJob({ collections: [...collections], output: join(folder, 'other seed'), shards: 6, seed: 'other' });
});
afterAll(() => duckdb.closeSync());

let copies = 0;
/** A copy of the result, spoiled. */
function spoiled(spoil: (output: string, shard: (number: number) => string) => void): string {
  const output = join(folder, `copy-${copies++}`);
  cpSync(join(folder, 'result'), output, { recursive: true });
  spoil(output, (number) => join(output, `0000${number}.parquet`));
  return output;
}

type EditableManifest = { -readonly [Key in keyof Manifest]: Manifest[Key] };

/** @param sign makes the digest anew, as a careful forger would. */
function editManifest(output: string, edit: (manifest: EditableManifest) => void, sign = false): void {
  const manifest: EditableManifest = structuredClone(readManifest(output));
  edit(manifest);
  if (sign) manifest.digest = manifestDigest(manifest);
  writeFileSync(join(output, '.riffle/manifest.json'), JSON.stringify(manifest));
}

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
  it('a flipped bit anywhere in a shard', async () => {
    const size = statSync(join(folder, 'result/00002.parquet')).size;
    for (const byte of [4, Math.floor(size / 2), size - 20]) {
      const output = spoiled(() => undefined);
      await flipBit(join(output, '00002.parquet'), 8 * byte + 3);
      const found = await findingsOf(output);
      expect(found).toContain('00002.parquet sha256');
      expect(new Set(found.map((finding) => finding.slice(0, 13)))).toEqual(new Set(['00002.parquet']));
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
    const opened = join(folder, `opened-${copies}`);
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
