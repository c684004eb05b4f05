import { Piscina } from 'piscina';
import { fromEnvelope, isRiffleError, RiffleError } from '@riffle/core';
import type { Answer } from '../worker.ts';
import type { TaskKind, TaskTypes } from './tasks.ts';
import type { WorkerData } from './worker-data.ts';

/** Node 20 cannot start a thread from TypeScript: from sources and from `dist` alike, this is the built worker. */
const workerUrl = new URL('../../dist/worker.js', import.meta.url);

export interface WorkerPool {
  readonly workers: number;
  /**
   * Runs one unit of work. What fails for a reason that is not the input's is tried once more, alone in a fresh worker.
   * @throws the error the worker threw, of its own class; `WORKER_FAILED` if the worker itself died twice.
   */
  run<Kind extends TaskKind>(kind: Kind, task: TaskTypes[Kind]['task']): Promise<TaskTypes[Kind]['result']>;
  /** Runs one unit in a worker of its own, for what is believed only when it repeats there. */
  runFresh<Kind extends TaskKind>(kind: Kind, task: TaskTypes[Kind]['task']): Promise<TaskTypes[Kind]['result']>;
  /** The largest number of bytes that any worker said it holds outside the JavaScript heap. */
  readonly heldBytes: number;
  close(): Promise<void>;
}

/** Errors that a second try cannot change: the input, the recipe or the caller is at fault. */
function isFinal(error: unknown): boolean {
  return isRiffleError(error) && error.code !== 'STORAGE_FAILED' && error.code !== 'INTERNAL';
}

/**
 * Node's options for workers: this process's, but the built worker must not resolve packages to sources as a test does.
 * Piscina asks for the worker with `require` before it tries `import`; Node 20 loads an ES module that way at one go, and ends
 * the whole process ("IsGraphAsync must be used on an instantiated module") if the thread is ended meanwhile, as a job that is refused
 * at once does. Without that way `require` fails, and `import` can be interrupted.
 */
function workerArguments(): string[] {
  const own = process.execArgv;
  const isSource = (index: number) => own[index] === '--conditions' && own[index + 1] === '@riffle/source';
  return [...own.filter((_, index) => !isSource(index) && !isSource(index - 1)), '--no-experimental-require-module'];
}

function startThreads(workers: number, workerData: WorkerData): Piscina {
  return new Piscina({
    filename: workerUrl.href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    idleTimeout: Number.POSITIVE_INFINITY,
    recordTiming: false,
    // Buffers live outside the heap; a small young generation keeps three idle semi-spaces per thread from counting.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
    execArgv: workerArguments(),
    workerData,
  });
}

/** Starts the threads at once. Aborting `signal` ends them, also one that hangs. */
export function createWorkerPool(workers: number, workerData: WorkerData, signal?: AbortSignal): WorkerPool {
  const threads = startThreads(workers, workerData);
  let heldBytes = 0;

  async function runOn<Kind extends TaskKind>(
    pool: Piscina,
    kind: Kind,
    task: TaskTypes[Kind]['task'],
  ): Promise<TaskTypes[Kind]['result']> {
    const answer = (await pool.run({ kind, task }, signal === undefined ? {} : { signal })) as Answer<
      TaskTypes[Kind]['result']
    >;
    if (!answer.ok) throw fromEnvelope(answer.error);
    heldBytes = Math.max(heldBytes, answer.heldBytes);
    return answer.result;
  }

  async function runFresh<Kind extends TaskKind>(
    kind: Kind,
    task: TaskTypes[Kind]['task'],
  ): Promise<TaskTypes[Kind]['result']> {
    const fresh = startThreads(1, workerData);
    try {
      return await runOn(fresh, kind, task);
    } finally {
      await fresh.destroy();
    }
  }

  return {
    workers,
    get heldBytes() {
      return heldBytes;
    },
    runFresh,
    async run(kind, task) {
      try {
        return await runOn(threads, kind, task);
      } catch (first) {
        if (signal?.aborted) throw new RiffleError('CANCELLED', 'The job was stopped.', {}, { cause: signal.reason });
        if (isFinal(first)) throw first;
        try {
          return await runFresh(kind, task);
        } catch (second) {
          if (signal?.aborted) throw new RiffleError('CANCELLED', 'The job was stopped.', {}, { cause: signal.reason });
          if (isRiffleError(second)) throw second;
          throw new RiffleError(
            'WORKER_FAILED',
            `A worker failed twice while doing a unit of the ${kind} stage, the second time alone in a fresh worker: ${(second as Error).message}`,
            { stage: kind },
            { cause: second },
          );
        }
      }
    },
    async close() {
      await threads.destroy();
    },
  };
}
