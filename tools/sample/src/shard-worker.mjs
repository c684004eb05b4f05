import { parentPort } from 'node:worker_threads';
import { createShardMaker } from './shard-maker.mjs';

/** @import { ShardJob } from './shard-maker.mjs' */

// A thread of the crew (crew.mjs): one job in, one answer out, until it is ended. What goes wrong is thrown,
// which ends the thread and tells the crew.

const makeShard = createShardMaker();

parentPort?.on('message', (/** @type {ShardJob} */ job) => parentPort?.postMessage(makeShard(job)));
