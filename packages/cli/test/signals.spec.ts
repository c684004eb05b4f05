import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StageName } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { runBinary, type Ended } from './run-binary.ts';
import { folderWithData, publishedHashes, slowFrom, slowJob, stateOf } from './slow-job.ts';

const entry = fileURLToPath(new URL('../bin/riffle.mjs', import.meta.url));
/** On an idle machine it takes less than two seconds; the job would take many more. */
const mostMilliseconds = 20_000;

interface Stopped extends Ended {
  readonly milliseconds: number;
}

/** Starts a job that is slow from a stage on, sends the signal once that stage has begun, and waits for the end. */
async function stopIn(stage: StageName, signal: NodeJS.Signals, workingFolder: string): Promise<Stopped> {
  let sentAt = Number.NaN;
  let waiting = false;
  const ended = await runBinary(slowJob, {
    workingFolder,
    before: slowFrom(stage, workingFolder),
    onStderr: (text, child) => {
      if (waiting || !text.includes(`"stage-started","stage":"${stage}"`)) return;
      waiting = true;
      setTimeout(() => {
        sentAt = performance.now();
        child.kill(signal);
      }, 400);
    },
  });
  return { ...ended, milliseconds: performance.now() - sentAt };
}

describe('a signal', () => {
  it.each<[StageName, NodeJS.Signals, number]>([
    ['survey', 'SIGINT', 130],
    ['plan', 'SIGTERM', 143],
    ['scatter', 'SIGHUP', 129],
    ['scatter', 'SIGINT', 130],
    ['gather', 'SIGTERM', 143],
    ['gather', 'SIGINT', 130],
  ])(
    'in %s, %s: status %d, nothing published, said how to go on, and going on gives the same bytes',
    async (stage, signal, status) => {
      const workingFolder = await folderWithData();
      const output = join(workingFolder, 'out');
      const { exitCode, stderr, milliseconds } = await stopIn(stage, signal, workingFolder);
      expect(stderr).toContain(`Stopped by ${signal}.`);
      expect(exitCode).toBe(status);
      expect(milliseconds).toBeLessThan(mostMilliseconds);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(publishedHashes(output)).toEqual([]);
      const state = stateOf(output);
      expect(state).not.toContain('lock');
      expect(state).not.toContain('manifest.json');
      const kept = state.some((name) => name.startsWith('run-'));
      expect(stderr.includes('--resume')).toBe(kept);
      if (stage === 'gather') expect(kept).toBe(true);

      const resumed = await runBinary([...slowJob, ...(kept ? ['--resume'] : [])], { workingFolder });
      expect(resumed.exitCode).toBe(0);
      const undisturbed = await runBinary([...slowJob, '--output', 'whole'], { workingFolder });
      expect(undisturbed.exitCode).toBe(0);
      expect(publishedHashes(output)).toEqual(publishedHashes(join(workingFolder, 'whole')));
    },
    600_000,
  );

  it('while publishing leaves a whole result or none, and can be gone on with', async () => {
    const workingFolder = await folderWithData();
    const output = join(workingFolder, 'out');
    const { exitCode, stderr, milliseconds } = await stopIn('publish', 'SIGINT', workingFolder);
    expect(milliseconds).toBeLessThan(mostMilliseconds);
    const finished = stateOf(output).includes('manifest.json');
    expect(exitCode).toBe(finished ? 0 : 130);
    expect(stderr.includes('--resume')).toBe(!finished);
    const resumed = await runBinary([...slowJob, '--resume'], { workingFolder });
    expect(resumed.exitCode).toBe(0);
    expect(publishedHashes(output)).toHaveLength(4);
  }, 300_000);

  it('that the shell told the job to ignore stops it all the same', async () => {
    // A shell that is not interactive starts its background jobs with SIGINT ignored; Node sets its own handler.
    const workingFolder = await folderWithData();
    const script = `"$@" & job=$!; wait $job; exit $?`;
    let stopped = false;
    const { exitCode, stderr } = await runBinary(slowJob, {
      workingFolder,
      before: ['sh', '-c', script, 'sh', ...slowFrom('scatter', workingFolder)],
      onStderr: (text, shell) => {
        if (!text.includes('"stage-started","stage":"scatter"') || stopped) return;
        stopped = true;
        const [job] = childrenOf(shell.pid!);
        process.kill(job!, 'SIGINT');
      },
    });
    expect(stderr).toContain('Stopped by SIGINT.');
    expect(exitCode).toBe(130);
  }, 300_000);

  it('a second time ends the job at once, and the next run goes on', async () => {
    const workingFolder = await folderWithData();
    let signals = 0;
    const { exitCode } = await runBinary(slowJob, {
      workingFolder,
      before: slowFrom('gather', workingFolder),
      onStderr: (text, child) => {
        if (signals > 0 || !text.includes('"stage-started","stage":"gather"')) return;
        signals++;
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGINT'), 5);
      },
    });
    expect([130, 143]).toContain(exitCode);
    expect(publishedHashes(join(workingFolder, 'out'))).toEqual([]);
    const resumed = await runBinary([...slowJob, '--resume'], { workingFolder });
    expect(resumed.exitCode).toBe(0);
    expect(publishedHashes(join(workingFolder, 'out'))).toHaveLength(4);
  }, 300_000);
});

/** Processes that a process has started. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

describe('kill -9', () => {
  it('leaves nothing running, for all work is done by threads; the next run takes over the lock and goes on', async () => {
    const workingFolder = await folderWithData();
    const output = join(workingFolder, 'out');
    let pid = 0;
    let children: readonly number[] = [0];
    const { exitCode } = await runBinary(slowJob, {
      workingFolder,
      before: slowFrom('gather', workingFolder),
      onStderr: (text, child) => {
        if (pid !== 0 || !text.includes('"stage-started","stage":"gather"')) return;
        pid = child.pid!;
        children = childrenOf(pid);
        child.kill('SIGKILL');
      },
    });
    expect(exitCode).toBe(null);
    expect(children).toEqual([]);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(JSON.parse(readFileSync(join(output, '.riffle/lock'), 'utf8'))).toMatchObject({ pid });
    expect(publishedHashes(output)).toEqual([]);
    const refused = await runBinary(slowJob, { workingFolder });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--resume');
    const resumed = await runBinary([...slowJob, '--resume', '--json'], { workingFolder });
    expect(resumed.exitCode).toBe(0);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ ok: true, rows: 600 });
    expect(stateOf(output).filter((name) => name.startsWith('run-') || name === 'lock')).toEqual([]);
  }, 300_000);
});

describe('a reader that goes away', () => {
  /** Runs a line of bash in which `"$@"` is the command; gives its streams, and the command's own status as the exit code. */
  function inBash(line: string, workingFolder: string): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const words = ['-c', line, 'bash', process.execPath, entry, ...slowJob, '--json'];
      const child = spawn('bash', words, { cwd: workingFolder, stdio: ['ignore', 'pipe', 'pipe'] });
      const text = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const)
        child[name].setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk));
      child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, ...text }));
    });
  }

  it.each([
    ['of one byte of the report', '"$@" | head -c 1; exit ${PIPESTATUS[0]}', 0],
    ['of one line of the log', '"$@" 2>&1 >/dev/null | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}', 0],
    ['of both', '("$@" 2>&1; echo $? >status) | head -c 1 >/dev/null; exit $(cat status)', 0],
    ['of stderr, closed from the start', '"$@" 2>&- | head -c 1; exit ${PIPESTATUS[0]}', 0],
  ])(
    '%s: the job goes on, with the right status and without a stack',
    async (_what, line, status) => {
      const workingFolder = await folderWithData();
      const { exitCode, stderr } = await inBash(line, workingFolder);
      expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
      expect(exitCode).toBe(status);
      expect(publishedHashes(join(workingFolder, 'out'))).toHaveLength(4);
    },
    300_000,
  );
});
