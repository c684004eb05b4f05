import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What one whole process took.
 * @typedef {object} Measure
 * @property {number} seconds Wall clock, from start to exit.
 * @property {number} cpuSeconds User and system time of all its threads.
 * @property {number} peakBytes Largest resident set.
 * @property {number} readBytes Asked of the operating system (from the page cache or the disk).
 * @property {number} writtenBytes Given to the operating system.
 * @property {string} stdout
 */

const POLL_MILLISECONDS = 10;
const GNU_TIME = '/usr/bin/time';

/**
 * Runs a command to its end and measures it. CPU time and peak memory are exact where GNU time is installed (the kernel counts them), else read
 * every 10 ms from /proc; bytes read and written are always read so, which may lose what happens in the last moment.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<Measure>}
 */
export async function measure(command, args, { cwd } = {}) {
  const timeFile = existsSync(GNU_TIME) ? join(tmpdir(), `bench-time-${process.pid}-${Date.now()}`) : undefined;
  const started = process.hrtime.bigint();
  const child = timeFile
    ? spawn(GNU_TIME, ['-o', timeFile, '-f', '%U %S %M', command, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const polled = { cpuSeconds: 0, peakBytes: 0, readBytes: 0, writtenBytes: 0 };
  const timer = setInterval(() => poll(timeFile ? onlyChild(child.pid) : child.pid, polled), POLL_MILLISECONDS);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(timer);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (code !== 0)
    throw new Error(
      `${command} ${args.join(' ')}\nended with status ${code}:\n${stderr.text.slice(-4000)}\n${stdout.text.slice(-4000)}`,
    );
  if (timeFile) {
    const [user, system, kilobytes] = readFileSync(timeFile, 'utf8').trim().split(/\s+/).map(Number);
    rmSync(timeFile);
    Object.assign(polled, { cpuSeconds: user + system, peakBytes: kilobytes * 1024 });
  }
  return { seconds, ...polled, stdout: stdout.text };
}

function collect(stream) {
  const collected = { text: '' };
  stream.setEncoding('utf8').on('data', (part) => {
    collected.text += part;
  });
  return collected;
}

function onlyChild(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0];
  } catch {
    return undefined;
  }
}

/** The process may end between two reads: what was seen last stays. */
function poll(pid, polled) {
  if (!pid) return;
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    polled.peakBytes = Math.max(polled.peakBytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
    const io = readFileSync(`/proc/${pid}/io`, 'utf8');
    polled.readBytes = Math.max(polled.readBytes, Number(/rchar: (\d+)/.exec(io)?.[1]));
    polled.writtenBytes = Math.max(polled.writtenBytes, Number(/wchar: (\d+)/.exec(io)?.[1]));
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    polled.cpuSeconds = (Number(stat[11]) + Number(stat[12])) / 100;
  } catch {
    return;
  }
}
