import { fromEnvelope, type LostShard } from '@riffle/core';
import { createFingerprintSums, type FingerprintSums } from '@riffle/columnar';
import type { JobContext } from '../job-context.ts';
import type { Planned } from '../planning/plan-stage.ts';
import { runAll } from '../pool/run-all.ts';
import { fileReason } from '../survey/file-reason.ts';
import type { Block } from './block.ts';
import type { StoreChoice } from './block-store.ts';
import type { MoveSpec } from './move.ts';
import type { BadShard, ScatterFragment, ScatterResult, ScatterTask } from './scatter-unit.ts';

/** Tasks per worker, so that the last ones to finish are short against the whole. */
const tasksPerWorker = 6;
/** A task never covers more Arrow data than this, however large the job. */
const largestTask = 2 ** 30;

/** One pass over the input. */
export interface ScatterPass {
  readonly keep: readonly [from: number, to: number];
  /** Where blocks go: bytes up to which they stay in memory, then the folder for spill files. */
  readonly memoryBytes: number;
  readonly spillFolder: string | undefined;
  /** Shared memory of the pass before. */
  readonly recycled: readonly SharedArrayBuffer[];
  /** The first pass adds up fingerprints and may find bad shards. */
  readonly first: boolean;
}

export interface Scattered {
  readonly blocks: readonly Block[];
  /** By output shard. */
  readonly outputs: FingerprintSums;
  /** By input shard, four words each. */
  readonly inputs: ReadonlyMap<number, Uint32Array>;
  readonly bad: readonly LostShard[];
}

export function moveSpec({ plan, treaty }: Planned): MoveSpec {
  return {
    treaty: treaty.schema,
    orders: treaty.orders,
    rows: plan.rows,
    shards: plan.shards,
    seed: plan.seed,
    buckets: plan.buckets,
  };
}

/** Fragments in plan order, cut into tasks of about equal size. */
function cutTasks({ plan, files }: Planned): readonly (readonly ScatterFragment[])[] {
  const bytesPerRow = plan.estimatedDecodedBytes / plan.rows;
  const { workers, readBatchBytes } = plan.memory;
  const wanted = Math.min(
    largestTask,
    Math.max(Math.min(readBatchBytes, 2 ** 23), plan.estimatedDecodedBytes / (workers * tasksPerWorker)),
  );
  const tasks: ScatterFragment[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { file, shard, firstRow } of files) {
    let row = firstRow;
    for (const [fragment, { rows }] of file.fragments.entries()) {
      if (bytes >= wanted) {
        tasks.push([]);
        bytes = 0;
      }
      tasks.at(-1)!.push({
        location: file.location,
        size: file.size,
        reader: file.reader,
        fragment,
        rows,
        firstRow: row,
        schema: file.schema,
        shard,
      });
      row += rows;
      bytes += rows * bytesPerRow;
    }
  }
  return tasks;
}

function addWords(sums: FingerprintSums, words: Uint32Array): void {
  for (let index = 0; index < words.length / 4; index++) sums.add(index, words, index);
}

/** A lost shard's name and the reason as a sentence. */
function describeBad({ plan, files }: Planned, { shard, location, error }: BadShard): LostShard {
  const placed = files.find((candidate) => candidate.shard === shard && candidate.file.location === location)!;
  const collection = plan.survey.collections[placed.collection]!;
  const surveyed = collection.shards.find((candidate) => candidate.files.includes(placed.file))!;
  const reason = fileReason(surveyed.path, placed.file.path, fromEnvelope(error).message);
  return {
    collection: collection.name,
    path: surveyed.path,
    status: 'failed',
    code: error.code ?? 'BAD_CONTENT',
    reason,
    rows: surveyed.rows,
  };
}

/** Runs one pass. When a shard turns out bad, goes on reading, without storing, to find all others too. */
export async function scatterPass(context: JobContext, planned: Planned, pass: ScatterPass): Promise<Scattered> {
  const { plan } = planned;
  const { pool, recipe } = context;
  const move = moveSpec(planned);
  const tasks = cutTasks(planned);
  const blocks: Block[][] = tasks.map(() => []);
  const outputs = createFingerprintSums(plan.shards);
  const inputs = new Map<number, FingerprintSums>();
  const bad = new Map<number, BadShard>();
  const recycled = [...pass.recycled];
  let inMemory = 0;
  let rows = 0;
  let bytes = 0;

  const choose = (index: number): StoreChoice => {
    if (bad.size > 0) return { kind: 'none' };
    if (inMemory < pass.memoryBytes || pass.spillFolder === undefined) {
      return { kind: 'memory', recycled: recycled.splice(0, Math.ceil(recycled.length / (tasks.length - index))) };
    }
    return {
      kind: 'spill',
      file: context.plugins.storage.join(pass.spillFolder, `spill-${String(index).padStart(6, '0')}.bin`),
    };
  };
  await runAll(tasks, plan.memory.workers, async (fragments, index) => {
    const task: ScatterTask = {
      move,
      fragments: fragments.filter(({ shard }) => !bad.has(shard)),
      readBatchBytes: plan.memory.readBatchBytes,
      flushBytes: plan.memory.flushBytes,
      store: choose(index),
      keep: pass.keep,
      fingerprint: pass.first,
      limits: { decodedBytes: recipe.limits.decodedBytes, ratio: recipe.limits.decodedRatio },
    };
    let result: ScatterResult = await pool.run('scatter', task);
    // A trap counts as content only if it repeats in a fresh worker.
    if (result.bad.some(({ error }) => error.details['trap'] === true)) result = await pool.runFresh('scatter', task);
    for (const one of result.bad) bad.set(one.shard, one);
    blocks[index] = [...result.blocks];
    inMemory += result.blocks.reduce((sum, block) => sum + (block.kind === 'memory' ? block.bytes : 0), 0);
    if (result.outputs !== undefined) addWords(outputs, result.outputs);
    for (const { shard, words } of result.inputs) {
      const sums = inputs.get(shard) ?? createFingerprintSums(1);
      inputs.set(shard, sums);
      addWords(sums, words);
    }
    rows += result.rows;
    bytes += result.bytes;
    context.emit({ type: 'progress', stage: 'scatter', rows, ofRows: plan.rows, bytes, memoryBytes: inMemory });
  });
  const lost = [...bad.values()].map((one) => describeBad(planned, one));
  return {
    blocks: blocks.flat(),
    outputs,
    inputs: new Map([...inputs].map(([shard, sums]) => [shard, sums.words()])),
    bad: lost,
  };
}
