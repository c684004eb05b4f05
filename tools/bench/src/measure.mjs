import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskUsage } from './disk-usage.mjs';
import { failure } from './failure.mjs';
import { memoryOf, processTree, usageOf } from './process-tree.mjs';

/**
 * What one job took, with all processes that it started.
 * @typedef {object} Measure
 * @property {number} seconds Wall clock, from start to exit.
 * @property {number} cpuSeconds User and system time of all threads.
 * @property {number} peakBytes Largest resident memory of all processes together; pages that they share count once.
 * @property {number} peakAnonymousBytes The same without files mapped into memory.
 * @property {number} temporaryBytes Largest size of the temporary folder.
 * @property {number} readBytes Asked of the operating system (from the page cache or the disk).
 * @property {number} writtenBytes Given to the operating system.
 * @property {string} stdout
 */

const POLL_MILLISECONDS = 10;
/** Which processes there are, what they share and what is on disk takes longer to find: it is surveyed less often, … */
const SURVEY_MILLISECONDS = 100;
/** … and never for more than a twentieth of the time, or it would slow the job: the page tables of a gigabyte in three processes take 30 ms. */
const LARGEST_SURVEY_SHARE = 1 / 20;
const GNU_TIME = '/usr/bin/time';

/**
 * Runs a command to its end and measures it. CPU time, and the peak memory of a single process, are exact where GNU time is installed (the kernel
 * counts them). Bytes read and written are read every 10 ms from /proc, which may lose what happens in the last moment; the memory of several
 * processes and the temporary folder every 100 ms, or as often as takes a twentieth of the time. A peak may hide in between.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, temporaryFolder?: string, timeoutSeconds?: number }} [options] What takes longer is killed, with all that it started.
 * @throws Error with a `reason` in a few words if the command fails or takes too long.
 * @returns {Promise<Measure>}
 */
export async function measure(command, args, { cwd, env, temporaryFolder, timeoutSeconds } = {}) {
  const timeFile = existsSync(GNU_TIME) ? join(tmpdir(), `bench-time-${process.pid}-${Date.now()}`) : undefined;
  const [program, ...words] = timeFile
    ? [GNU_TIME, '-o', timeFile, '-f', '%U %S %M', command, ...args]
    : [command, ...args];
  const started = process.hrtime.bigint();
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  // GNU time stands above the job, and is no part of it.
  const watched = watch(() => (timeFile ? processTree(child.pid).slice(1) : processTree(child.pid)), temporaryFolder);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  let seconds;
  let tooLong = false;
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => {
          tooLong = true;
          killTree(child.pid);
        }, timeoutSeconds * 1000);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (status) => {
      clearTimeout(timer);
      seconds = Number(process.hrtime.bigint() - started) / 1e9;
      resolve(status);
    });
  }).finally(watched.stop);
  const exact = timeFile ? takeTimes(timeFile) : undefined;
  if (tooLong) throw failure(`${command} took longer than ${timeoutSeconds} s`, `longer than ${timeoutSeconds} s`);
  if (code !== 0) {
    const said = `${stderr.text.slice(-4000)}\n${stdout.text.slice(-4000)}`;
    const lines = stderr.text.trim().split('\n');
    // The line that tells what happened comes last in Python, and before the stack in JavaScript.
    const last = (lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line)) ?? lines.at(-1)).slice(0, 200);
    throw failure(
      `${command} ${args.join(' ').slice(0, 2000)}\nended with status ${code}:\n${said}`,
      `failed: ${last}`,
    );
  }
  const { seen } = watched;
  if (exact) {
    seen.cpuSeconds = exact.cpuSeconds;
    seen.peakBytes = Math.max(seen.peakBytes, exact.peakBytes);
  }
  return { seconds, ...seen, stdout: stdout.text };
}

/** Looks at the processes that `findProcesses` gives until it is stopped; what was seen last stays when they end. */
function watch(findProcesses, temporaryFolder) {
  const seen = {
    cpuSeconds: 0,
    peakBytes: 0,
    peakAnonymousBytes: 0,
    temporaryBytes: 0,
    readBytes: 0,
    writtenBytes: 0,
  };
  const raise = (key, value) => (seen[key] = Math.max(seen[key], value));
  let processes = [];
  let nextSurvey = 0;
  const surveyDisk = () => {
    if (temporaryFolder !== undefined) raise('temporaryBytes', diskUsage(temporaryFolder));
  };
  const survey = () => {
    const started = performance.now();
    processes = findProcesses();
    const { residentBytes, anonymousBytes } = memoryOf(processes);
    raise('peakBytes', residentBytes);
    raise('peakAnonymousBytes', anonymousBytes);
    surveyDisk();
    const ended = performance.now();
    nextSurvey = ended + Math.max(SURVEY_MILLISECONDS, (ended - started) / LARGEST_SURVEY_SHARE);
  };
  const timer = setInterval(() => {
    if (processes.length === 0 || performance.now() >= nextSurvey) survey();
    for (const [key, value] of Object.entries(usageOf(processes))) raise(key, value);
  }, POLL_MILLISECONDS);
  const stop = () => {
    clearInterval(timer);
    surveyDisk();
  };
  return { seen, stop };
}

/** With all below it. */
function killTree(root) {
  for (const pid of processTree(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** What GNU time wrote. Of several processes its memory is that of the largest one. */
function takeTimes(file) {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  rmSync(file);
  const [user, system, kilobytes] = lines.at(-1).split(/\s+/).map(Number);
  return { cpuSeconds: user + system, peakBytes: kilobytes * 1024 };
}

function collect(stream) {
  const collected = { text: '' };
  stream.setEncoding('utf8').on('data', (part) => {
    collected.text += part;
  });
  return collected;
}
