import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_FILE } from './layout.mjs';
import { createParquetEncoder } from './parquet.mjs';
import { record } from './recordings.mjs';
import { sha256 } from './sha256.mjs';
import { createSynthesiser } from './synthesiser.mjs';

/** @import { ShardPlan } from './utterances.mjs' */

// Where a truncated file ends. No footer is left: that is how a copy that ran out of disk looks.
const KEPT_SHARE = 0.6;

/**
 * @typedef {object} ShardJob
 * @property {string} folder The shard's own folder.
 * @property {ShardPlan} plan
 */

/**
 * @typedef {object} MadeShard
 * @property {number} bytes Size of the file as it lies on the disk.
 * @property {string} sha256 Of the same.
 * @property {number} wholeBytes Size before it was cut off.
 * @property {number} seconds Of audio in the rows, as planned: those of a truncated file are counted.
 */

/**
 * @returns {(job: ShardJob) => MadeShard} Synthesises the shard's rows and writes its file.
 */
export function createShardMaker() {
  const synthesise = createSynthesiser();
  const encode = createParquetEncoder();

  return ({ folder, plan }) => {
    const recordings = plan.utterances.map((utterance) => record(utterance, synthesise));
    const whole = encode(recordings);
    const kept = plan.state === 'truncated' ? whole.subarray(0, Math.floor(whole.length * KEPT_SHARE)) : whole;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, DATA_FILE), kept);
    return {
      bytes: kept.length,
      sha256: sha256(kept),
      wholeBytes: whole.length,
      seconds: recordings.reduce((sum, { duration }) => sum + duration, 0),
    };
  };
}
