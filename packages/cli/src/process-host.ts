import { performance } from 'node:perf_hooks';
import { isatty } from 'node:tty';
import { leaveAtOnce } from './leave.ts';
import { main } from './main.ts';
import type { Host, Output } from './host.ts';

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the command line on this process: its words, streams and signals. Ends the process with the exit status. */
export async function runProcess(): Promise<never> {
  const controller = new AbortController();
  let stopped: { name: string; exitCode: number } | undefined;
  for (const [name, exitCode] of Object.entries(signals)) {
    process.on(name, () => {
      // The first asks the job to clean up; whoever sends a second does not want to wait for that.
      if (stopped !== undefined) {
        process.stderr.write('riffle: Ended at once by a second signal, without cleaning up.\n');
        leaveAtOnce(exitCode);
      }
      stopped = { name, exitCode };
      controller.abort();
    });
  }
  const host = {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    get terminal() {
      // A dumb terminal cannot show questions that change.
      const able = isatty(0) && isatty(2) && process.env['TERM'] !== 'dumb';
      return able ? { input: process.stdin, output: process.stderr } : undefined;
    },
    workingFolder: process.cwd(),
    environment: process.env,
    signal: controller.signal,
    stoppedBy: () => stopped,
    now: () => performance.now(),
    loadPipeline: () => import('@riffle/pipeline'),
  } satisfies Host;
  const exitCode = await main(process.argv.slice(2), host);
  await flushed(process.stdout);
  // The messages on stderr are company; what was asked for is on stdout, and half a document must not pass for a whole one.
  const lost = host.stdout.failure();
  if (lost !== undefined)
    host.stderr.write(
      `riffle: Standard output could not be written (${lost}), so what was to be printed there is not complete. What the command did before stands.\n`,
    );
  await flushed(process.stderr);
  const status = exitCode === 0 && lost !== undefined ? 1 : exitCode;
  const { stuckThreads } = await import('@riffle/pipeline/stuck-threads');
  if (stuckThreads() > 0) leaveAtOnce(status);
  process.exit(status);
}

/**
 * A stream that nobody reads any more (`riffle … | head`) takes nothing further, and that is all: the job goes on, since
 * the result is a folder and not the stream.
 * Any other failure (a full disk) is remembered.
 */
function outputOf(stream: NodeJS.WriteStream): Output & { failure(): string | undefined } {
  let open = true;
  let failure: string | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== 'EPIPE') failure ??= error.message;
  });
  return {
    failure: () => failure,
    write: (text) => {
      if (open) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
  };
}

async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.destroyed && stream.writableLength > 0)
    await new Promise<void>((resolve) => stream.once('drain', resolve).once('error', () => resolve()));
  // A file is written at once, and its errors come a tick later.
  await new Promise((resolve) => setImmediate(resolve));
}
