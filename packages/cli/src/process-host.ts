import { performance } from 'node:perf_hooks';
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
      if (stopped !== undefined) process.exit(exitCode);
      stopped = { name, exitCode };
      controller.abort();
    });
  }
  const host: Host = {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    workingFolder: process.cwd(),
    environment: process.env,
    signal: controller.signal,
    stoppedBy: () => stopped,
    now: () => performance.now(),
    loadPipeline: () => import('@riffle/pipeline'),
  };
  const exitCode = await main(process.argv.slice(2), host);
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(exitCode);
}

/**
 * A stream that nobody reads any more (`riffle … | head`) takes nothing further, and that is all: the job goes on, since
 * the result is a folder and not the stream.
 */
function outputOf(stream: NodeJS.WriteStream): Output {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
  return {
    write: (text) => {
      if (open) stream.write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
  };
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.once('drain', resolve).once('error', () => resolve());
  });
}
