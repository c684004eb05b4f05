import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeDataset, openDuckDB, sameMultiset, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob } from './support/job.ts';
import { readLog, readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'good'), { collections: ['a'], shardsPerCollection: 2, connection: duckdb });
});
afterAll(() => duckdb.closeSync());

/** The longest name that a file system takes: 255 bytes of UTF-8. */
const longest = (ending: string) =>
  'é'.repeat(Math.floor((255 - ending.length) / 2)) + 'x'.repeat((255 - ending.length) % 2) + ending;

const names = {
  newlines: 'new\nline',
  'right-to-left': '\u202egnp.אבג\u200f',
  'control characters': '\u001b[31m\u0007\u009b1m\r\t',
  'of 255 bytes': longest(''),
  'quotes and globs': `'"\`$(x)*?[a]{b}\\`,
  'digits in other scripts': '٠٠٠٠١',
} as const;

describe('names of shards', () => {
  it.each(Object.entries(names))('%s: read as file and as folder, and told as they are', async (what, name) => {
    const path = join(folder, what);
    mkdirSync(join(path, name, name), { recursive: true });
    const file = `${what === 'of 255 bytes' ? longest('.parquet') : `${name}.parquet`}`;
    cpSync(data.files[0]!.path, join(path, file));
    cpSync(data.files[1]!.path, join(path, name, name, file));
    writeFileSync(join(path, name, file), '');
    const output = join(folder, `${what} out`);
    const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 3 });
    expect(report.collections).toMatchObject([{ loaded: 2, failed: 1, missing: 0, empty: 0 }]);
    expect(report.lost).toEqual([
      { collection: 'c', path: name, code: 'BAD_CONTENT', kind: 'empty', reason: `${file}: It is empty (0 bytes).` },
    ]);
    const inputs = data.files.map((one) => one.path);
    expect(await sameMultiset(duckdb, inputs, join(output, '*.parquet'))).toMatchObject({ same: true, rightRows: 200 });
    expect(readManifest(output).receipt.lost).toMatchObject([{ path: name }]);
    // A name with a newline stays in its line of the log.
    expect(readLog(output).filter(({ type }) => type === 'shard-lost')).toMatchObject([{ lost: { path: name } }]);
  });

  it('that differ only in case are two shards, as file and as folder', async () => {
    const path = join(folder, 'case');
    for (const name of ['Speech', 'speech']) {
      mkdirSync(join(path, name), { recursive: true });
      cpSync(data.files[0]!.path, join(path, name, 'x.parquet'));
      cpSync(data.files[1]!.path, join(path, `${name}.PARQUET`));
    }
    const output = join(folder, 'case out');
    const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 3 });
    expect(report).toMatchObject({ rows: 400, lost: [], collections: [{ loaded: 4 }] });
    const inputs = data.files.flatMap((file) => [file.path, file.path]);
    expect(await sameMultiset(duckdb, inputs, join(output, '*.parquet'))).toMatchObject({
      leftRows: 400,
      rightRows: 400,
      onlyRight: 0,
    });
  });

  it.runIf(process.platform === 'linux')(
    'that are not UTF-8 are lost shards, each counted, and harm no other',
    async () => {
      const path = join(folder, 'not UTF-8');
      mkdirSync(join(path, '00000'), { recursive: true });
      cpSync(data.files[0]!.path, join(path, '00000/x.parquet'));
      cpSync(data.files[1]!.path, join(path, '\ufffd.parquet'));
      const odd = (name: string) => Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name, 'latin1')]);
      for (const name of ['\xfe.parquet', '\xff.parquet', '\xff.txt'])
        writeFileSync(odd(name), readFileSync(data.files[0]!.path));
      for (const name of ['\xff', '00000/\xff']) mkdirSync(odd(name));
      const output = join(folder, 'not UTF-8 out');
      const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 3 });
      expect(report.collections).toMatchObject([{ loaded: 2, failed: 4, rows: 200 }]);
      const reason = 'its name is not valid UTF-8, so it cannot be opened by name; rename it';
      expect(report.lost.map((lost) => [lost.path, lost.reason])).toEqual([
        ['00000/\ufffd', reason],
        ['\ufffd', reason],
        ['\ufffd (2).parquet', reason],
        ['\ufffd (3).parquet', reason],
      ]);
      const inputs = data.files.map((one) => one.path);
      expect(await sameMultiset(duckdb, inputs, join(output, '*.parquet'))).toMatchObject({
        same: true,
        rightRows: 200,
      });
    },
  );
});
