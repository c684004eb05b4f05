import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatByteSize, type Report } from '@riffle/core';
import { makeDataset } from '@riffle/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runBinary, type Ended } from './run-binary.ts';
import { mountProblem, mountSmallDisk, type SmallDisk } from './support/small-disk.ts';

const workingFolder = realpathSync(mkdtempSync(join(tmpdir(), 'riffle-resources-')));
const problem = mountProblem();
const disks: SmallDisk[] = [];
const shards = 8;
/** Single-threaded, so that what is written before a fault is the same each time. */
const job = ['--input', 'in=in/in', '--shards', String(shards), '--workers', '1', '--memory', '400MB'];
/** Nothing of the input is compressed, so the result is several times larger than the input: more than estimated. */
const large = [...job, '--compression', 'none'];
let reference: Report['shards'];

beforeAll(async () => {
  // Text without repeats that compresses well. The plan takes its sample from the middle shard, whose rows are short.
  await makeDataset(join(workingFolder, 'in'), {
    collections: ['in'],
    shardsPerCollection: 4,
    rowsPerShard: 4000,
    columns: { id: 'i', text: 'repeat(md5(i::VARCHAR), CASE WHEN shard = 2 THEN 1 ELSE 30 END)' },
    compression: 'zstd',
  });
  const ended = await runBinary(['run', ...large, '--output', 'reference', '--json', '--quiet'], { workingFolder });
  reference = (JSON.parse(ended.stdout) as Report).shards;
}, 120_000);
afterEach(() => disks.splice(0).forEach((disk) => disk.remove()));
afterAll(() => rmSync(workingFolder, { recursive: true, force: true }));

function diskOf(options: string): SmallDisk {
  const disk = mountSmallDisk(workingFolder, `disk-${Math.random().toString(36).slice(2)}`, options);
  disks.push(disk);
  return disk;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const failureOf = ({ stdout }: Ended) => (JSON.parse(stdout) as { readonly error: Failure }).error;
const shardsIn = (folder: string) => readdirSync(folder).filter((name) => name !== '.riffle');
/** What is in the state folder, but for a run that can be gone on with. */
const stateIn = (folder: string) => readdirSync(join(folder, '.riffle')).filter((name) => !name.startsWith('run-'));
const run = (words: readonly string[], before: readonly string[] = []) =>
  runBinary(['run', ...words, '--json'], { workingFolder, before });

function expectNothingPublished(output: string): void {
  expect(shardsIn(output)).toEqual([]);
  expect(stateIn(output)).not.toContain('manifest.json');
}

/** Goes on with a job, which must end as if nothing had been. */
async function expectResumed(words: readonly string[], output: string): Promise<void> {
  const ended = await run([...words, '--resume']);
  expect(ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Done and verified') });
  expect((JSON.parse(ended.stdout) as Report).shards).toEqual(reference);
  expect(readdirSync(join(output, '.riffle')).filter((name) => name.startsWith('run-'))).toEqual([]);
}

describe.skipIf(problem !== undefined)(
  `a disk of its own${problem === undefined ? '' : ` (skipped: ${problem})`}`,
  () => {
    it('that is smaller than the estimate is refused before any row is moved', async () => {
      const { folder } = diskOf('size=100k');
      const ended = await run([...large, '--output', folder]);
      expect(ended.exitCode).toBe(1);
      const { code, message, details } = failureOf(ended);
      expect(code).toBe('DISK_TOO_SMALL');
      expect(details).toMatchObject({ needed: expect.any(Number), free: expect.any(Number) });
      expect(details['needed']).toBeGreaterThan(details['free'] as number);
      for (const bytes of [details['needed'], details['free']])
        expect(message).toContain(formatByteSize(bytes as number));
      expectNothingPublished(folder);
    });

    const places = [
      { name: 'the output', strategy: 'memory', apart: false, operation: /shards\/0000\d\.parquet/ },
      { name: 'spill in the output', strategy: 'spill', apart: false, operation: /spill\/spill-\d+\.bin/ },
      { name: 'spill in a temp folder', strategy: 'spill', apart: true, operation: /spill-\d+\.bin/ },
    ];
    it.each(places)(
      'that fills up with $name: told with what is needed and free, resumable',
      async ({ strategy, apart, operation }) => {
        const disk = diskOf('size=5m');
        const output = apart ? join(workingFolder, 'out-apart') : disk.folder;
        const words = [
          ...large,
          '--strategy',
          strategy,
          '--output',
          output,
          ...(apart ? ['--temp-dir', disk.folder] : []),
        ];
        const ended = await run(words);
        expect(ended.exitCode).toBe(1);
        const { code, message, details } = failureOf(ended);
        expect(code).toBe('STORAGE_FAILED');
        expect(details).toMatchObject({
          systemCode: 'ENOSPC',
          location: expect.stringMatching(operation),
          needed: expect.any(Number),
          free: expect.any(Number),
        });
        expect(message).toMatch(
          /no space is left on the device \(ENOSPC\).*the job needs about .*B there in all.*Free now: .*B\./,
        );
        expectNothingPublished(output);

        disk.remount('size=60m');
        await expectResumed(words, output);
        if (apart) expect(readdirSync(disk.folder)).toEqual([]);
      },
    );

    it('that fills up half-way: what was done is kept, and not done again', async () => {
      await makeDataset(join(workingFolder, 'wide'), {
        collections: ['in'],
        shardsPerCollection: 8,
        rowsPerShard: 4000,
        columns: { id: 'i', text: 'repeat(md5(i::VARCHAR), 100)' },
        compression: 'zstd',
      });
      const disk = diskOf('size=60m');
      const temp = join(workingFolder, 'temp');
      mkdirSync(temp);
      const words = [
        '--input',
        'in=wide/in',
        ...large.slice(2),
        '--strategy',
        'spill',
        '--output',
        disk.folder,
        '--temp-dir',
        temp,
      ];
      const ended = await run(words);
      expect({ exitCode: ended.exitCode, ...failureOf(ended) }).toMatchObject({
        exitCode: 1,
        details: { systemCode: 'ENOSPC' },
      });
      expect(ended.stderr).toContain('--resume');
      expectNothingPublished(disk.folder);

      // Still too full: said again, and nothing is lost by trying.
      expect((await run([...words, '--resume'])).exitCode).toBe(1);
      disk.remount('size=200m');
      const resumed = await run([...words, '--resume']);
      expect({ exitCode: resumed.exitCode, stderr: resumed.stderr }).toEqual({
        exitCode: 0,
        stderr: expect.stringMatching(/[Rr]esum|[Gg]oes on|[Gg]oing on/),
      });
      const undisturbed = await run(['--input', 'in=wide/in', ...large.slice(2), '--output', 'undisturbed']);
      expect((JSON.parse(resumed.stdout) as Report).shards).toEqual((JSON.parse(undisturbed.stdout) as Report).shards);
      expect(readdirSync(temp)).toEqual([]);
    });

    it('for spill, apart from the output, just works: nothing is renamed across', async () => {
      const { folder } = diskOf('size=60m');
      const ended = await run([...large, '--strategy', 'spill', '--temp-dir', folder, '--output', 'apart']);
      expect(ended.exitCode).toBe(0);
      expect((JSON.parse(ended.stdout) as Report).shards).toEqual(reference);
      expect(readdirSync(folder)).toEqual([]);
    });

    it('that is read-only: inputs are fine there, an output or a temp folder is refused', async () => {
      const disk = diskOf('size=20m');
      cpSync(join(workingFolder, 'in/in'), join(disk.folder, 'in'), { recursive: true });
      disk.remount('ro');
      const inputs = ['--input', `in=${disk.folder}/in`, ...large.slice(2)];
      const fine = await run([...inputs, '--output', 'from-read-only']);
      expect(fine.exitCode).toBe(0);
      expect((JSON.parse(fine.stdout) as Report).shards).toEqual(reference);

      const output = await run([...large, '--output', join(disk.folder, 'out')]);
      expect({ exitCode: output.exitCode, ...failureOf(output) }).toMatchObject({
        exitCode: 2,
        code: 'OUTPUT_NOT_WRITABLE',
        message: expect.stringMatching(/mounted read-only \(EROFS\)/),
      });
      const temp = await run([...large, '--strategy', 'spill', '--temp-dir', disk.folder, '--output', 'no-temp']);
      expect({ exitCode: temp.exitCode, ...failureOf(temp) }).toMatchObject({
        exitCode: 2,
        code: 'RECIPE_INVALID',
        message: expect.stringMatching(/mounted read-only \(EROFS\)/),
      });
      expect(readdirSync(workingFolder)).not.toContain('no-temp');
      expect(readdirSync(disk.folder)).toEqual(['in']);
    });
  },
);

const isLinux = process.platform === 'linux';

describe.skipIf(!isLinux)('a stream that is a full device', () => {
  const to = (stream: string) => ['sh', '-c', `exec "$@" ${stream}/dev/full`, 'sh'];

  it('for the document: told on stderr, and not as done; the result stands', async () => {
    const ended = await run([...large, '--output', 'no-document'], to('>'));
    expect(ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/Standard output could not be written \(ENOSPC.*not complete/),
    });
    expect((await runBinary(['verify', 'no-document'], { workingFolder })).exitCode).toBe(0);
  });

  it('for messages: the job goes on', async () => {
    const ended = await run([...large, '--output', 'no-messages'], to('2>'));
    expect(ended.exitCode).toBe(0);
    expect((JSON.parse(ended.stdout) as Report).shards).toEqual(reference);
  });
});

describe.skipIf(!isLinux)('limits of the process', () => {
  it('a file that may not grow (ulimit -f): EFBIG, resumable', async () => {
    const words = [...large, '--output', 'small-files'];
    const ended = await run(words, ['prlimit', '--fsize=1000000']);
    expect({ exitCode: ended.exitCode, ...failureOf(ended) }).toMatchObject({
      exitCode: 1,
      code: 'STORAGE_FAILED',
      message: expect.stringMatching(/\(EFBIG\).*`ulimit -f`/),
      details: { systemCode: 'EFBIG', location: expect.stringMatching(/shards\/00000\.parquet$/) },
    });
    expectNothingPublished(join(workingFolder, 'small-files'));
    await expectResumed(words, join(workingFolder, 'small-files'));
  });

  it('64 open files are enough for 1,000 inputs and 1,000 shards, by each strategy', async () => {
    await makeDataset(join(workingFolder, 'many'), { shardsPerCollection: 500, rowsPerShard: 12 });
    const words = ['--input', 'a=many/a', '--input', 'b=many/b', '--shards', '1000', '--memory', '400MB'];
    const results: Report['shards'][] = [];
    for (const strategy of ['memory', 'spill', 'passes']) {
      const output = `many-${strategy}`;
      const ended = await run([...words, '--strategy', strategy, '--output', output], ['prlimit', '--nofile=64']);
      expect([strategy, ended.exitCode, ended.stderr.split('\n').at(-2)]).toEqual([
        strategy,
        0,
        `Done and verified: 12,000 rows in 1,000 shards, ${output}`,
      ]);
      results.push((JSON.parse(ended.stdout) as Report).shards);
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    const verified = await runBinary(['verify', 'many-spill', '--json'], {
      workingFolder,
      before: ['prlimit', '--nofile=64'],
    });
    expect(verified.exitCode).toBe(0);
  }, 600_000);

  it('too few open files even to start say so, and end', async () => {
    const ended = await run([...large, '--output', 'no-files'], ['prlimit', '--nofile=21']);
    expect(ended.exitCode).not.toBe(0);
    expect(failureOf(ended).message).toMatch(/EMFILE.*`ulimit -n 1024`/);
  });
});

describe.skipIf(!isLinux)('a thread that is stuck in a call of the operating system', () => {
  it('cannot be ended, and does not keep the process from ending: 137, after the message', async () => {
    const fifo = join(workingFolder, 'fifo');
    execFileSync('mkfifo', [fifo], { stdio: 'pipe' });
    const specifier = new URL('support/stuck-reader.mjs', import.meta.url).href;
    const reader = `plugins.readers=${JSON.stringify([{ specifier, options: { fifo } }])}`;
    const ended = await run([...large, '--output', 'stuck', '--set', reader, '--set', 'stallSeconds=2']);
    // Killed by SIGKILL, as seen by a parent; a shell says 137.
    expect(ended.exitCode).toBe(null);
    expect(failureOf(ended)).toMatchObject({
      code: 'WORKER_FAILED',
      message: expect.stringMatching(
        /survey stage failed twice.*no progress for 2 seconds.*in\/in\/0000\d\/data\.parquet/,
      ),
    });
    expectNothingPublished(join(workingFolder, 'stuck'));
    await expectResumed([...large, '--output', 'stuck'], join(workingFolder, 'stuck'));
  });
});

describe.skipIf(!isLinux || process.getuid?.() !== 0)('a user without rights (needs root, to become one)', () => {
  const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  beforeAll(() => {
    chmodSync(workingFolder, 0o755);
    mkdirSync(join(workingFolder, 'open'));
    chmodSync(join(workingFolder, 'open'), 0o777);
  });

  it('may not write the output: OUTPUT_NOT_WRITABLE, nothing is there', async () => {
    const ended = await run([...large, '--output', 'forbidden'], nobody);
    expect({ exitCode: ended.exitCode, ...failureOf(ended) }).toMatchObject({
      exitCode: 2,
      code: 'OUTPUT_NOT_WRITABLE',
      message: expect.stringMatching(/permission is denied \(EACCES\)/),
    });
    expect(readdirSync(workingFolder)).not.toContain('forbidden');
  });

  it('may not read one input: that fails the job, and is no lost shard', async () => {
    cpSync(join(workingFolder, 'in/in'), join(workingFolder, 'partly'), { recursive: true });
    chmodSync(join(workingFolder, 'partly/00001/data.parquet'), 0o600);
    const words = ['--input', 'in=partly', ...large.slice(2), '--output', 'open/partly'];
    const ended = await run(words, nobody);
    expect({ exitCode: ended.exitCode, ...failureOf(ended) }).toMatchObject({
      exitCode: 1,
      code: 'STORAGE_FAILED',
      message: expect.stringMatching(/partly\/00001\/data\.parquet: permission is denied \(EACCES\)/),
    });
    expectNothingPublished(join(workingFolder, 'open/partly'));
    chmodSync(join(workingFolder, 'partly/00001/data.parquet'), 0o644);
    const again = await run([...words, '--resume'], nobody);
    expect(again.exitCode).toBe(0);
    expect((JSON.parse(again.stdout) as Report).shards).toEqual(reference);
  });

  it('may not write the temp folder: RECIPE_INVALID, nothing is there', async () => {
    mkdirSync(join(workingFolder, 'closed'));
    const words = [...large, '--strategy', 'spill', '--temp-dir', 'closed', '--output', 'open/no-temp'];
    const ended = await run(words, nobody);
    expect({ exitCode: ended.exitCode, ...failureOf(ended) }).toMatchObject({
      exitCode: 2,
      code: 'RECIPE_INVALID',
      message: expect.stringMatching(/--temp-dir: must be writable.*closed.*permission is denied \(EACCES\)/),
    });
    expect(readdirSync(join(workingFolder, 'open'))).not.toContain('no-temp');
  });
});
