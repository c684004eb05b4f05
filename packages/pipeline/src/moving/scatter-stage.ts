import type { LostShard } from '@riffle/core';
import { createFingerprintSums, type FingerprintSums } from '@riffle/columnar';
import type { JobContext } from '../job-context.ts';
import type { Planned } from '../planning/plan-stage.ts';
import { runAll } from '../pool/run-all.ts';
import type { Journal } from '../resuming/journal.ts';
import { recordOfUnit } from '../resuming/spill-records.ts';
import { findBombs } from '../survey/find-bombs.ts';
import { judgeFragments, type BadFragment } from '../survey/judge-fragments.ts';
import { bytesWaiting, type Block } from './block.ts';
import type { StoreChoice } from './block-store.ts';
import type { ScatterFragment, ScatterResult, ScatterTask } from './scatter-unit.ts';
import { cutScatterUnits, moveSpec, scatterLayout } from './scatter-units.ts';

/** One pass over the input. */
export interface ScatterPass {
  readonly keep: readonly [from: number, to: number];
  /** Where blocks go: bytes up to which they stay in memory, then the folder for spill files. */
  readonly memoryBytes: number;
  readonly spillFolder: string | undefined;
  /** Shared memory of the pass before. */
  readonly recycled: readonly SharedArrayBuffer[];
  /** Whether to add up fingerprints: in the first pass, which may find bad shards. */
  readonly fingerprint: boolean;
  /** By number of the unit: what an interrupted run left of it, which is not done again. */
  readonly done: ReadonlyMap<number, ScatterResult>;
  readonly journal: Journal;
}

export interface Scattered {
  readonly blocks: readonly Block[];
  /** By output shard. */
  readonly outputs: FingerprintSums;
  /** By input shard, four words each. */
  readonly inputs: ReadonlyMap<number, Uint32Array>;
  readonly bad: readonly LostShard[];
}

function addWords(sums: FingerprintSums, words: Uint32Array): void {
  for (let index = 0; index < words.length / 4; index++) sums.add(index, words, index);
}

/** Runs one pass. When a shard turns out bad, goes on reading, without storing, to find all others too. */
export async function scatterPass(context: JobContext, planned: Planned, pass: ScatterPass): Promise<Scattered> {
  const { plan } = planned;
  const { pool, recipe } = context;
  const move = moveSpec(planned);
  const units = cutScatterUnits(planned);
  const layout = scatterLayout(planned);
  const blocks: Block[][] = units.map(() => []);
  const outputs = createFingerprintSums(plan.shards);
  const inputs = new Map<number, FingerprintSums>();
  const salvage = recipe.onBadShard === 'salvage';
  /** By unit: whatever unit ends first, what is told of a shard is its first bad fragment. */
  const bad: (readonly BadFragment[])[] = units.map(() => []);
  const badShards = new Set<number>();
  /** Bytes of Arrow data by file. */
  const decoded = new Float64Array(planned.files.length);
  const recycled = [...pass.recycled];
  let inMemory = 0;
  let spilled = 0;
  let rows = 0;
  let bytes = 0;

  const choose = (index: number): StoreChoice => {
    if (badShards.size > 0) return { kind: 'none' };
    if (inMemory < pass.memoryBytes || pass.spillFolder === undefined) {
      return {
        kind: 'memory',
        recycled: recycled.splice(0, Math.ceil(recycled.length / (units.length - index))),
        part: pass.keep[1] - pass.keep[0] < plan.buckets.count,
      };
    }
    return { kind: 'spill', folder: pass.spillFolder, file: `spill-${String(index).padStart(6, '0')}.bin` };
  };
  const scatter = async (fragments: readonly ScatterFragment[], index: number): Promise<ScatterResult> => {
    const task: ScatterTask = {
      move,
      fragments: salvage ? fragments : fragments.filter(({ shard }) => !badShards.has(shard)),
      readBatchBytes: plan.memory.readBatchBytes,
      flushBytes: plan.memory.flushBytes,
      store: choose(index),
      keep: pass.keep,
      fingerprint: pass.fingerprint,
      limits: { decodedBytes: recipe.limits.decodedBytes, ratio: recipe.limits.decodedRatio },
      salvage,
    };
    const result = await pool.run('scatter', task);
    const entry = recordOfUnit(layout, index, result);
    if (entry !== undefined) await pass.journal.record(entry);
    return result;
  };
  await runAll(units, plan.memory.workers, async (fragments, index) => {
    const result = pass.done.get(index) ?? (await scatter(fragments, index));
    bad[index] = result.bad;
    for (const { shard } of result.bad) badShards.add(shard);
    blocks[index] = [...result.blocks];
    const waiting = bytesWaiting(result.blocks);
    inMemory += waiting.memory;
    spilled += waiting.spill;
    if (result.outputs !== undefined) addWords(outputs, result.outputs);
    for (const { shard, words } of result.inputs) {
      const sums = inputs.get(shard) ?? createFingerprintSums(1);
      inputs.set(shard, sums);
      addWords(sums, words);
    }
    for (const file of result.decoded) decoded[file.file]! += file.bytes;
    rows += result.rows;
    bytes += result.bytes;
    context.emit({
      type: 'progress',
      stage: 'scatter',
      rows,
      ofRows: plan.rows,
      bytes,
      memoryBytes: inMemory + pool.heldBytes,
      spilledBytes: spilled,
    });
  });
  // Whose other fragments are bad was not decoded to its end, unless it is to be salvaged, and is lost anyway.
  const judged = planned.files.map(({ shard }, file) => (salvage || !badShards.has(shard) ? decoded[file]! : 0));
  const found = bad.flat();
  const bombs = findBombs(planned.files, found, judged, recipe.limits);
  const lost = judgeFragments(plan.survey, planned.files, [...found, ...bombs], salvage);
  return {
    blocks: blocks.flat(),
    outputs,
    inputs: new Map([...inputs].map(([shard, sums]) => [shard, sums.words()])),
    bad: lost,
  };
}
