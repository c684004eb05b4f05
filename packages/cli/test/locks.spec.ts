import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBinary } from './run-binary.ts';
import { folderWithData, publishedHashes, slowFrom, slowJob, stateOf } from './slow-job.ts';

interface Holder {
  readonly run: string;
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  readonly birth?: string;
}

const readLock = (output: string) => JSON.parse(readFileSync(join(output, '.riffle/lock'), 'utf8')) as Holder;

/** An output folder that somebody has locked. */
function lock(workingFolder: string, holder: Holder): void {
  mkdirSync(join(workingFolder, 'out/.riffle'), { recursive: true });
  writeFileSync(join(workingFolder, 'out/.riffle/lock'), JSON.stringify(holder));
}

describe('two runs into one output', () => {
  it('the second is refused with process, host and start; the first is unharmed', async () => {
    const workingFolder = await folderWithData();
    const output = join(workingFolder, 'out');
    let second: ReturnType<typeof runBinary> | undefined;
    let holder: Holder | undefined;
    const first = await runBinary([...slowJob, '--json'], {
      workingFolder,
      before: slowFrom('scatter', workingFolder),
      onStderr: (text) => {
        if (second !== undefined || !text.includes('"stage-started","stage":"scatter"')) return;
        holder = readLock(output);
        second = runBinary([...slowJob, '--overwrite', '--json'], { workingFolder });
      },
    });
    const refused = await second!;
    expect(refused.exitCode).toBe(1);
    const { pid, startedAt } = holder!;
    expect(JSON.parse(refused.stdout)).toMatchObject({
      ok: false,
      error: { code: 'OUTPUT_LOCKED', details: { pid, host: hostname(), startedAt } },
    });
    for (const fact of [`process ${pid}`, hostname(), startedAt]) expect(refused.stderr).toContain(fact);
    expect(first.exitCode).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ ok: true, rows: 600 });
    expect(publishedHashes(output)).toHaveLength(4);
    expect(stateOf(output)).not.toContain('lock');
    expect((await runBinary(['verify', 'out'], { workingFolder })).exitCode).toBe(0);
  }, 300_000);

  it('started together: one does the job, the others are refused', async () => {
    const workingFolder = await folderWithData();
    const output = join(workingFolder, 'out');
    // None of them ends before the last has come.
    const before = slowFrom('survey', workingFolder);
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => runBinary([...slowJob, '--json'], { workingFolder, before })),
    );
    expect(runs.map(({ exitCode }) => String(exitCode)).toSorted()).toEqual(['0', '1', '1', '1']);
    for (const { exitCode, stdout } of runs)
      if (exitCode !== 0) expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'OUTPUT_LOCKED' } });
    expect(publishedHashes(output)).toHaveLength(4);
    expect(stateOf(output).filter((name) => /^(lock|run-)/.test(name))).toEqual([]);
  }, 300_000);
});

describe('a lock', () => {
  const holder: Holder = { run: 'other', pid: process.pid, host: hostname(), startedAt: '2026-01-02T03:04:05.000Z' };

  it('of another host is not taken over, and the message says what to do', async () => {
    const workingFolder = await folderWithData();
    lock(workingFolder, { ...holder, host: 'elsewhere.example', pid: 1 });
    const { exitCode, stderr } = await runBinary(slowJob, { workingFolder });
    expect(exitCode).toBe(1);
    for (const fact of ['process 1 on elsewhere.example', '2026-01-02T03:04:05.000Z', '.riffle/lock'])
      expect(stderr).toContain(fact);
    expect(readLock(join(workingFolder, 'out')).host).toBe('elsewhere.example');
  }, 60_000);

  it('of a process that runs is not taken over', async () => {
    const workingFolder = await folderWithData();
    lock(workingFolder, holder);
    const { exitCode, stderr } = await runBinary(slowJob, { workingFolder });
    expect([exitCode, stderr.includes(`process ${process.pid}`)]).toEqual([1, true]);
  }, 60_000);

  it.each<[string, string]>([
    ['of a process whose number another has now', JSON.stringify({ ...holder, birth: 'another-boot:1' })],
    ['of a process that is gone', JSON.stringify({ ...holder, pid: 2 ** 22 + 1 })],
    ['that a crash left empty', ''],
    ['that a crash left half-written', JSON.stringify(holder).slice(0, 20)],
  ])(
    '%s is taken over',
    async (_what, text) => {
      const workingFolder = await folderWithData();
      lock(workingFolder, holder);
      writeFileSync(join(workingFolder, 'out/.riffle/lock'), text);
      expect((await runBinary(slowJob, { workingFolder })).exitCode).toBe(0);
      expect(publishedHashes(join(workingFolder, 'out'))).toHaveLength(4);
      expect(stateOf(join(workingFolder, 'out'))).not.toContain('lock');
    },
    120_000,
  );
});
