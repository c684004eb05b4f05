import { Worker } from 'node:worker_threads';

/** @import { MadeShard, ShardJob } from './shard-maker.mjs' */
/** @import { ShardPlan } from './utterances.mjs' */

/**
 * Makes all shards on a few threads; each takes the next job as soon as it is free. The tool
 * has one kind of job, and runs before anything else does.
 *
 * @param {readonly ShardJob[]} jobs
 * @param {number} threads
 * @returns {Promise<Map<ShardPlan, MadeShard>>} By the plan of the job, in no order.
 * @throws {Error} The first error of any thread; the others are ended.
 */
export async function makeShards(jobs, threads) {
  /** @type {Map<ShardPlan, MadeShard>} */
  const made = new Map();
  const queue = jobs.values();
  const workers = Array.from({ length: Math.min(threads, jobs.length) }, createWorker);
  try {
    await Promise.all(
      workers.map(async (worker) => {
        // All loops draw from the same iterator, so no job is done twice.
        for (const job of queue) made.set(job.plan, await ask(worker, job));
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return made;
}

function createWorker() {
  return new Worker(new URL('./shard-worker.mjs', import.meta.url));
}

/**
 * @param {Worker} worker
 * @param {ShardJob} job
 * @returns {Promise<MadeShard>}
 */
function ask(worker, job) {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`A thread ended early (exit ${code}).`)));
    worker.postMessage(job);
  });
}
