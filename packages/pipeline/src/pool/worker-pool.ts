import type { ResourceLimits } from 'node:worker_threads';
import { fromEnvelope, isRiffleError, RiffleError } from '@riffle/core';
import type { SharedValues } from '../plugins/plugin-set.ts';
import type { Answer } from '../worker.ts';
import { describeUnit, stageOf } from './describe-unit.ts';
import { startLane, WorkerLostError, type Lane } from './lane.ts';
import type { TaskKind, TaskTypes } from './tasks.ts';
import { watchForStalls } from './watch-for-stalls.ts';
import type { WorkerData } from './worker-data.ts';

export interface WorkerPool {
  /** Most threads at once. */
  readonly workers: number;
  /** Tells of so many bytes that are going to be read: starts all threads if they will be needed, sooner than waiting units would. */
  expectBytes(bytes: number): void;
  /**
   * Runs at most so many threads from now on, at least 1 and at most `workers`; another call may raise it again. Threads too many end
   * as soon as they are idle: their heaps and codecs are no part of a plan with fewer.
   */
  limitTo(threads: number): void;
  /**
   * Runs one unit of work. What fails for a reason that is not the input's is tried once more, alone in a fresh worker; and so is a unit
   * in which a reader trapped: what it then says is believed.
   * @throws the error the worker threw, of its own class; `WORKER_FAILED` if the worker itself died or hung twice; `CANCELLED`
   */
  run<Kind extends TaskKind>(kind: Kind, task: TaskTypes[Kind]['task']): Promise<TaskTypes[Kind]['result']>;
  /** Bytes that all workers together hold outside the JavaScript heap, as each said last. */
  readonly heldBytes: number;
  /** Ends all threads. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly workers: number;
  readonly workerData: Omit<WorkerData, 'heartbeat'>;
  /** What plugins prepared on the main thread. If that fails, so does every unit. */
  readonly shared: Promise<SharedValues>;
  /** A worker in which nothing happens for so long has hung: no batch decoded, no byte read or written. Default 600. */
  readonly stallSeconds?: number | undefined;
  /** Aborting it ends the threads, also those that hang. */
  readonly signal?: AbortSignal | undefined;
  /** Limits of each thread's JavaScript heap, beside those of Node. */
  readonly resourceLimits?: ResourceLimits | undefined;
}

// Buffers live outside the heap; a small young generation keeps three idle semi-spaces per thread from counting.
const heapLimits: ResourceLimits = { maxYoungGenerationSizeMb: 8 };

/**
 * A unit that has waited so long for a thread has another one started. About what a thread takes to start: a job that is done sooner by one
 * thread never has a second.
 */
const patienceMilliseconds = 100;
/** One thread reads, deals and writes so much in about the time that another takes to start. */
const fewBytes = 8 * 2 ** 20;

/** Errors that a second try cannot change: the input, the recipe or the caller is at fault. */
function isFinal(error: unknown): boolean {
  return isRiffleError(error) && error.code !== 'STORAGE_FAILED' && error.code !== 'INTERNAL';
}

const adviceByCode = {
  ERR_WORKER_OUT_OF_MEMORY: ' Give the job less --memory or fewer --workers.',
  EMFILE: ' Raise the limit with `ulimit -n 1024`, or use fewer --workers.',
};

function failedTwice<Kind extends TaskKind>(
  kind: Kind,
  task: TaskTypes[Kind]['task'],
  cause: Error,
  file: string | undefined,
): RiffleError {
  const stage = stageOf[kind];
  const unit = describeUnit(kind, task);
  const reason = cause.message.replace(/\.$/, '');
  const last = file === undefined ? '' : ` The file it had opened last: ${file}.`;
  const advice = Object.entries(adviceByCode).find(([code]) => reason.includes(code))?.[1] ?? '';
  return new RiffleError(
    'WORKER_FAILED',
    `A worker of the ${stage} stage failed twice, the second time alone in a fresh thread, while ${unit}. ${reason}.${last}${advice}`,
    { stage, unit, ...(file === undefined ? {} : { file }) },
    { cause },
  );
}

/**
 * Starts one thread at once, and the others when there is work for them. A thread that is lost, hangs, or in which a reader trapped is replaced
 * before the next unit.
 */
export function createWorkerPool({
  workers,
  workerData,
  shared,
  stallSeconds = 600,
  signal,
  ...more
}: PoolOptions): WorkerPool {
  // Told by the units; until there is one it must not count as unhandled.
  shared.catch(() => undefined);
  const start = () => startLane(workerData, shared, { ...heapLimits, ...more.resourceLimits });
  const lanes = new Set<Lane>();
  const free: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];
  const ending = new Set<Promise<void>>();
  /** Threads that were started, not counting those that took the place of others. */
  let started = 0;
  let limit = workers;
  let closed = false;
  /** As each lane said last. */
  const heldBytes = new Map<Lane, number>();

  const add = () => {
    const lane = start();
    lanes.add(lane);
    return lane;
  };
  const end = (lane: Lane, reason?: Error) => {
    lanes.delete(lane);
    heldBytes.delete(lane);
    const ended = lane.end(reason);
    ending.add(ended);
    void ended.then(() => ending.delete(ended));
    return ended;
  };
  const give = (lane: Lane) => {
    if (started > limit && !closed) {
      started--;
      void end(lane);
      return;
    }
    const next = waiting.shift();
    if (next === undefined) free.push(lane);
    else next(lane);
  };
  const startOne = () => {
    if (started >= limit || closed || signal?.aborted === true) return;
    started++;
    const lane = add();
    const next = waiting.shift();
    // Behind those that are ready already.
    if (next === undefined) free.unshift(lane);
    else next(lane);
  };
  const take = async () => {
    // The one given back last: with fewer units at once than threads, the others hold no memory.
    const lane = free.pop();
    if (lane !== undefined) return lane;
    const patience = started < limit ? setTimeout(startOne, patienceMilliseconds) : undefined;
    try {
      return await new Promise<Lane>((resolve) => waiting.push(resolve));
    } finally {
      clearTimeout(patience);
    }
  };
  // The old thread is gone before the new one takes memory and descriptors.
  const replace = async (lane: Lane) => {
    await end(lane);
    return add();
  };
  const cancelled = () =>
    new RiffleError('CANCELLED', 'The job was stopped.', {}, { cause: signal?.reason as unknown });
  const stop = () => void Promise.all([...lanes].map((lane) => end(lane, cancelled())));

  async function ask<Kind extends TaskKind>(lane: Lane, kind: Kind, task: TaskTypes[Kind]['task']) {
    const stall = watchForStalls(lane, stallSeconds, (error) => void lane.end(error));
    try {
      const answer = (await lane.ask({ kind, task })) as Answer<TaskTypes[Kind]['result']>;
      if (lanes.has(lane)) heldBytes.set(lane, Math.max(heldBytes.get(lane) ?? 0, answer.heldBytes));
      return answer;
    } finally {
      stall.stop();
    }
  }

  /** One unit on `lane`, and again on a fresh one if need be. Leaves in `holder` the lane to be given back. */
  async function runOn<Kind extends TaskKind>(
    holder: { lane: Lane },
    kind: Kind,
    task: TaskTypes[Kind]['task'],
  ): Promise<TaskTypes[Kind]['result']> {
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw cancelled();
      if (holder.lane.lost) holder.lane = await replace(holder.lane);
      const { lane } = holder;
      let failure: Error;
      try {
        const answer = await ask(lane, kind, task);
        if (answer.trapped) holder.lane = await replace(lane);
        if (answer.trapped && attempt === 1) continue;
        if (answer.ok) return answer.result;
        failure = fromEnvelope(answer.error);
      } catch (error) {
        failure = error as Error;
      }
      if (signal?.aborted) throw cancelled();
      if (isFinal(failure)) throw failure;
      const file = lane.lastFile();
      if (holder.lane === lane) holder.lane = await replace(lane);
      if (attempt === 1) continue;
      throw isRiffleError(failure) ? failure : failedTwice(kind, task, failure, file);
    }
  }

  started = 1;
  free.push(add());
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });

  return {
    workers,
    get heldBytes() {
      let sum = 0;
      for (const bytes of heldBytes.values()) sum += bytes;
      return sum;
    },
    expectBytes(bytes) {
      if (bytes > fewBytes) while (started < limit && !closed && signal?.aborted !== true) startOne();
    },
    limitTo(threads) {
      limit = Math.max(1, Math.min(workers, threads));
      while (started > limit && free.length > 0) {
        started--;
        // The one that has waited longest; the last one is warm.
        void end(free.shift()!);
      }
    },
    async run(kind, task) {
      const holder = { lane: await take() };
      try {
        return await runOn(holder, kind, task);
      } finally {
        give(holder.lane);
      }
    },
    async close() {
      closed = true;
      signal?.removeEventListener('abort', stop);
      await Promise.all([...lanes].map((lane) => end(lane, new WorkerLostError('The pool was closed'))));
      await Promise.all(ending);
    },
  };
}
