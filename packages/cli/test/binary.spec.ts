import { existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@riffle/core';
import { makeDataset } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

const job = ['--input', 'a=a', '--input', 'b=b', '--output', 'out', '--shards', '4'];
const shardNames = ['00000.parquet', '00001.parquet', '00002.parquet', '00003.parquet'];

/** A folder with two collections of three shards, 600 rows in all. */
async function folderWithData(): Promise<string> {
  const folder = temporaryFolder();
  await makeDataset(folder, { rowsPerShard: 100 });
  return folder;
}

function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

describe('the command on real data', () => {
  it('says its version', async () => {
    const { exitCode, stdout, stderr } = await runBinary(['--version'], { workingFolder: temporaryFolder() });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('plans without leaving a trace, runs, verifies, and sees every change afterwards', async () => {
    const workingFolder = await folderWithData();
    const before = contents(workingFolder);
    const planned = await runBinary(['plan', ...job, '--json'], { workingFolder });
    expect(planned.exitCode).toBe(0);
    expect(JSON.parse(planned.stdout)).toMatchObject({ ok: true, rows: 600, shards: 4, rowsPerShard: [150, 150] });
    expect(contents(workingFolder)).toEqual(before);

    const ran = await runBinary(['run', ...job, '--json'], { workingFolder });
    expect(ran.exitCode).toBe(0);
    const report = JSON.parse(ran.stdout) as Report;
    expect(report).toMatchObject({
      ok: true,
      rows: 600,
      lost: [],
      collections: [
        { name: 'a', loaded: 3 },
        { name: 'b', loaded: 3 },
      ],
    });
    expect(report.shards.map(({ file, rows }) => [file, rows])).toEqual(shardNames.map((name) => [name, 150]));
    for (const words of [
      '[1/2] a (a)',
      '3 loaded, 0 missing, 0 failed, 0 empty → 300 rows',
      '2 of 2 collections, 600 rows',
      'Verification: 4 valid, 0 empty, 0 missing',
    ]) {
      expect(ran.stderr.split('\n')).toContain(words);
    }
    expect(ran.stderr.trimEnd().split('\n').at(-1)).toBe('Done and verified: 600 rows in 4 shards, out');
    expect(readdirSync(join(workingFolder, 'out')).sort()).toEqual(['.riffle', ...shardNames]);

    const verified = await runBinary(['verify', 'out', '--json'], { workingFolder });
    expect({ ...verified, stdout: JSON.parse(verified.stdout) as unknown }).toMatchObject({
      exitCode: 0,
      stdout: { ok: true, rows: 600, shards: 4 },
    });

    const again = await runBinary(['run', ...job], { workingFolder });
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('already holds a finished result');

    renameSync(join(workingFolder, 'out', '00001.parquet'), join(workingFolder, 'out', '00007.parquet'));
    const changed = await runBinary(['verify', 'out', '--json'], { workingFolder });
    expect(changed.exitCode).toBe(3);
    expect(JSON.parse(changed.stdout)).toMatchObject({ ok: false, error: { code: 'VERIFICATION_FAILED' } });

    const overwritten = await runBinary(['run', ...job, '--overwrite', '--json'], { workingFolder });
    expect(overwritten.exitCode).toBe(0);
    expect((JSON.parse(overwritten.stdout) as Report).shards).toEqual(report.shards);
    expect(readdirSync(join(workingFolder, 'out')).sort()).toEqual(['.riffle', ...shardNames]);
  }, 300_000);

  it('verifies a result against its inputs, also where they were moved to', async () => {
    const workingFolder = await folderWithData();
    await runBinary(['run', ...job, '--quiet'], { workingFolder });
    const against = ['verify', 'out', '--against-inputs'];
    const good = await runBinary([...against, '--json'], { workingFolder });
    expect(good.exitCode).toBe(0);
    expect(JSON.parse(good.stdout)).toEqual({
      ok: true,
      shards: 4,
      rows: 600,
      findings: [],
      inputs: { shards: 6, rows: 600, sampledRows: 600 },
    });
    expect(good.stderr.split('\n')).toContain(`[2/2] b (${join(workingFolder, 'b')})`);

    renameSync(join(workingFolder, 'b'), join(workingFolder, 'moved'));
    const moved = await runBinary([...against, '--quiet'], { workingFolder });
    expect(moved.exitCode).toBe(3);
    expect(moved.stderr).toMatch(
      /^Different: 1 difference between out, its manifest and its inputs\n {2}b is not there: .*\/b does not exist\. If it was moved, say where to with --input b=PATH\.\n$/,
    );
    const told = await runBinary([...against, '--input', 'b=moved', '--quiet'], { workingFolder });
    expect([told.exitCode, told.stderr]).toEqual([
      0,
      'Verified: 600 rows in 4 shards are as the manifest says, and so are 600 rows in 6 input shards; 600 rows compared one by one, out\n',
    ]);
    const unknown = await runBinary([...against, '--input', 'c=moved', '--json'], { workingFolder });
    expect([unknown.exitCode, unknown.stdout]).toEqual([2, expect.stringContaining('no collection \\"c\\"')]);
  }, 300_000);

  it('takes a recipe file, and gives the same bytes', async () => {
    const workingFolder = await folderWithData();
    writeFileSync(
      join(workingFolder, 'riffle.yaml'),
      'collections:\n  - { name: a, path: a }\n  - { name: b, path: b }\noutput: from-file\nshards: 4\n',
    );
    const fromFlags = await runBinary(['run', ...job, '--json', '--quiet'], { workingFolder });
    const fromFile = await runBinary(['run', 'riffle.yaml', '--json', '--quiet', '--workers', '1'], { workingFolder });
    expect((JSON.parse(fromFile.stdout) as Report).shards).toEqual((JSON.parse(fromFlags.stdout) as Report).shards);
    expect(fromFile.stderr).toBe('Done and verified: 600 rows in 4 shards, from-file\n');
  }, 300_000);

  it('ends with the status of what went wrong, and publishes nothing', async () => {
    const workingFolder = await folderWithData();
    truncateSync(join(workingFolder, 'a', '00001', 'data.parquet'), 100);
    const cases: readonly (readonly [string, string[], number, string])[] = [
      ['more lost than allowed', ['--max-loss', '1%'], 4, 'LOSS_TOO_HIGH'],
      ['a bad shard that may not be', ['--on-bad-shard', 'fail'], 1, 'BAD_SHARD'],
      ['more shards than rows', ['--shards', '1000'], 2, 'SHARDS_EXCEED_ROWS'],
      ['too little memory', ['--memory', '1MB'], 2, 'MEMORY_TOO_SMALL'],
      ['too many workers', ['--workers', '9999'], 2, 'RECIPE_INVALID'],
      ['output in an input', ['--output', 'a/out'], 2, 'OVERLAPPING_FOLDERS'],
    ];
    for (const [name, flags, exitCode, code] of cases) {
      const ended = await runBinary(['run', ...job, ...flags, '--json'], { workingFolder });
      expect([name, ended.exitCode]).toEqual([name, exitCode]);
      expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, error: { code } });
      expect(ended.stderr).not.toContain('This is a bug');
    }
    expect(existsSync(join(workingFolder, 'out', '00000.parquet'))).toBe(false);
    expect(existsSync(join(workingFolder, 'a', 'out'))).toBe(false);
    expect((await runBinary(['verify', 'a'], { workingFolder })).exitCode).toBe(2);
  }, 300_000);

  it('states losses that are allowed in its last line', async () => {
    const workingFolder = await folderWithData();
    truncateSync(join(workingFolder, 'a', '00001', 'data.parquet'), 100);
    const { exitCode, stderr } = await runBinary(['run', ...job, '--max-loss', '20%', '--quiet'], { workingFolder });
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'Done and verified: 500 rows in 4 shards, out; lost 1 of 6 shards (16.67%), within the 20% of --max-loss\n',
    );
  }, 300_000);
});

describe('signals', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s ends the job with status %d, nothing published',
    async (signal, status) => {
      const workingFolder = await folderWithData();
      let sent = false;
      const { exitCode, stdout, stderr } = await runBinary(['run', ...job, '--json'], {
        workingFolder,
        onStderr: (text, child) => {
          if (!sent && text.includes('[1/2]')) sent = child.kill(signal);
        },
      });
      expect(exitCode).toBe(status);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
      expect(stderr).toContain(`riffle: Stopped by ${signal}.`);
      expect(
        readdirSync(join(workingFolder, 'out'), { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.includes('parquet'),
        ),
      ).toEqual([]);
    },
    300_000,
  );
});

describe('a second signal', () => {
  it('ends a job at once that does not clean up', async () => {
    const workingFolder = await folderWithData();
    const plugin =
      "process.stderr.write('hanging');\nsetInterval(() => {}, 1000);\nexport default () => new Promise(() => {});\n";
    writeFileSync(join(workingFolder, 'hang.mjs'), plugin);
    let signals = 0;
    const { exitCode } = await runBinary(['run', ...job, '--set', 'plugins.storage.specifier="./hang.mjs"'], {
      workingFolder,
      onStderr: (text, child) => {
        if (signals > 0 || !text.includes('hanging')) return;
        signals++;
        child.kill('SIGINT');
        // Two signals of one kind that come together are one.
        setTimeout(() => child.kill('SIGTERM'), 300);
      },
    });
    expect(exitCode).toBe(143);
  }, 60_000);
});

describe('a stream that nobody reads', () => {
  it('does not stop the job, and is no error', async () => {
    const workingFolder = await folderWithData();
    const { exitCode } = await runBinary(['run', ...job, '--json'], { workingFolder, closed: ['stdout', 'stderr'] });
    expect(exitCode).toBe(0);
    expect(readFileSync(join(workingFolder, 'out', '.riffle', 'manifest.json'), 'utf8')).toContain(
      'riffle-manifest-v1',
    );
  }, 300_000);
});
