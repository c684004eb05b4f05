import { Worker, type ResourceLimits } from 'node:worker_threads';
import { beatsOf, createHeartbeat, lastFileOf } from './heartbeat.ts';
import type { WorkerData } from './worker-data.ts';

/** Node 20 cannot start a thread from TypeScript: from sources and from `dist` alike, this is the built worker. */
const entry = new URL('../../dist/pool/worker-entry.js', import.meta.url);

/** A thread that does not end by then is left to itself: it may be stuck in a call of the operating system. */
const patienceMilliseconds = 5000;

/** A worker was lost with its unit of work: it died, or was ended because it hung. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

/** One worker thread, doing one unit at a time. Once lost it stays lost: start another. */
export interface Lane {
  readonly lost: boolean;
  /**
   * Sends a message and gives the worker's answer to it.
   * @throws WorkerLostError, or the reason given to {@link Lane.end}
   */
  ask(message: unknown): Promise<unknown>;
  /** A number that changes whenever the worker has done something. */
  beats(): number;
  /** The file that the worker opened last, for messages. */
  lastFile(): string | undefined;
  /** Ends the thread; a unit under way fails with `reason`. Settles when the thread has ended, or does not end in time. */
  end(reason?: Error): Promise<void>;
}

/**
 * Node's options for workers: this process's, but the built worker must not resolve packages to sources as a test does.
 */
function workerArguments(): string[] {
  const own = process.execArgv;
  const isSource = (index: number) => own[index] === '--conditions' && own[index + 1] === '@riffle/source';
  return own.filter((_, index) => !isSource(index) && !isSource(index - 1));
}

function messageOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'its JavaScript heap was full (ERR_WORKER_OUT_OF_MEMORY)'
    : `an error that nothing caught: ${message ?? String(error)}`;
}

/** Starts the thread at once; what it is asked before it is ready waits. */
export function startLane(workerData: Omit<WorkerData, 'heartbeat'>, resourceLimits: ResourceLimits): Lane {
  const heartbeat = createHeartbeat();
  const data: WorkerData = { ...workerData, heartbeat };
  const worker = new Worker(entry, { workerData: data, execArgv: workerArguments(), resourceLimits });
  let lost: Error | undefined;
  let asked: PromiseWithResolvers | undefined;

  const lose = (reason: Error) => {
    lost ??= reason;
    asked?.reject(lost);
    asked = undefined;
  };
  worker.on('message', (answer: unknown) => {
    asked?.resolve(answer);
    asked = undefined;
  });
  worker.on('messageerror', (error) => lose(new WorkerLostError(`Its answer could not be read: ${error.message}`)));
  // Both come when an error ends it; the first tells more.
  worker.on('error', (error) => lose(new WorkerLostError(`The worker ended by ${messageOf(error)}`, { cause: error })));
  worker.on('exit', (code) => lose(new WorkerLostError(`The worker ended by itself, with exit code ${code}`)));

  return {
    get lost() {
      return lost !== undefined;
    },
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (lost !== undefined) return reject(lost);
        asked = { resolve, reject };
        try {
          worker.postMessage(message);
        } catch (error) {
          asked = undefined;
          reject(error as Error);
        }
      }),
    beats: () => beatsOf(heartbeat),
    lastFile: () => lastFileOf(heartbeat),
    async end(reason = new WorkerLostError('The worker was ended')) {
      lose(reason);
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMilliseconds)));
      await Promise.race([worker.terminate(), patience]);
      clearTimeout(timer);
    },
  };
}

interface PromiseWithResolvers {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}
