import type { ResourceLimits } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { beatsOf, createHeartbeat, lastFileOf } from './heartbeat.ts';
import { countAsStuck } from './stuck-threads.ts';
import type { SharedValues } from '../plugins/plugin-set.ts';
import type { TaskMessage } from './tasks.ts';
import type { WorkerData } from './worker-data.ts';

/** Node 20 cannot start a thread from TypeScript: from sources and from `dist` alike, this is the built worker. */
const entry = new URL('../../dist/pool/worker-entry.cjs', import.meta.url);

/** A thread that does not end by then is left to itself: it may be stuck in a call of the operating system. */
const patienceMilliseconds = 1500;

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
  ask(message: TaskMessage): Promise<unknown>;
  /** A number that changes whenever the worker has done something. */
  beats(): number;
  /** The file that the worker opened last, for messages. */
  lastFile(): string | undefined;
  /** Ends the thread; a unit under way fails with `reason`. Settles when the thread has ended, or does not end in time. */
  end(reason?: Error): Promise<void>;
}

/**
 * Node's options for the thread; undefined for this process's, which cannot be handed over as they are: Node refuses those of V8
 * (`--max-old-space-size`), which hold for all threads anyway. Left out have to be: the condition by which a test resolves packages to
 * their sources, and what says how text given to `node` itself is to be read.
 */
function workerArguments(): string[] | undefined {
  const own = process.execArgv;
  if (!own.some((word) => word === '@riffle/source' || word.startsWith('--input-type'))) return undefined;
  return own.flatMap((word, index) => {
    const condition = own[index + 1];
    return word === '--conditions' && condition !== undefined && condition !== '@riffle/source'
      ? [word, condition]
      : [];
  });
}

function lostBy(error: unknown): WorkerLostError {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const exit = /^worker exited with code: (\d+)/.exec(message ?? '');
  const how =
    code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'its JavaScript heap was full (ERR_WORKER_OUT_OF_MEMORY)'
      : exit === null
        ? `an error that nothing caught: ${message ?? String(error)}`
        : `itself, with exit code ${exit[1]}`;
  return new WorkerLostError(`The worker ended by ${how}`, { cause: error });
}

/**
 * Starts the thread at once; what it is asked before it is ready waits. A pool of one thread each, since a thread that hangs or
 * trapped must be ended without its neighbours.
 *
 * @param shared what plugins prepared on the main thread, which may take as long as the thread takes to start
 */
export function startLane(
  workerData: Omit<WorkerData, 'heartbeat'>,
  shared: Promise<SharedValues>,
  resourceLimits: ResourceLimits,
): Lane {
  const heartbeat = createHeartbeat();
  const data: WorkerData = { ...workerData, heartbeat };
  const execArgv = workerArguments();
  const thread = new Piscina({
    filename: entry.href,
    minThreads: 1,
    maxThreads: 1,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
    // An idle worker goes on loading its plugins instead of waiting for its first unit with its event loop stopped.
    atomics: 'disabled',
    resourceLimits,
    workerData: data,
    ...(execArgv === undefined ? {} : { execArgv }),
  });
  let told = false;
  const send = async (message: TaskMessage): Promise<unknown> => {
    if (told) return thread.run(message);
    const first: TaskMessage = { ...message, shared: await shared };
    told = true;
    return thread.run(first);
  };
  let lost: Error | undefined;
  let ended: ((reason: Error) => void) | undefined;
  const lose = (reason: Error) => {
    lost ??= reason;
    ended?.(lost);
  };
  // It died while it did nothing. Piscina starts another, but if that one cannot start, units would wait for ever.
  thread.on('error', (error) => lose(lostBy(error)));
  // A unit under way hears the reason first.
  thread.on('workerDestroy', () => setImmediate(() => lose(new WorkerLostError('The worker ended by itself'))));

  return {
    get lost() {
      return lost !== undefined;
    },
    async ask(message) {
      if (lost !== undefined) throw lost;
      const ending = new Promise<never>((_, reject) => (ended = reject));
      try {
        return await Promise.race([send(message), ending]);
      } catch (error) {
        // Ended on purpose keeps its reason.
        if (lost === undefined) lose(lostBy(error));
        throw lost;
      } finally {
        ended = undefined;
      }
    },
    beats: () => beatsOf(heartbeat),
    lastFile: () => lastFileOf(heartbeat),
    async end(reason = new WorkerLostError('The worker was ended')) {
      lose(reason);
      let timer: NodeJS.Timeout | undefined;
      const ending = thread.destroy();
      const patience = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, patienceMilliseconds, 'late')));
      if ((await Promise.race([ending, patience])) === 'late') countAsStuck(ending);
      clearTimeout(timer);
    },
  };
}
