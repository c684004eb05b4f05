import type { StageName } from '@riffle/core';
import { storageOperations, type StorageOperation } from './storage-operation.ts';

/** Where in a job an operation was called: its stages, and what comes before and after them. */
export const countedStages = [
  'start',
  'survey',
  'plan',
  'scatter',
  'gather',
  'verify',
  'publish',
  'end',
] as const satisfies readonly (StageName | 'start' | 'end')[];

export type CountedStage = (typeof countedStages)[number];

export interface StageCount {
  readonly stage: CountedStage;
  readonly operation: StorageOperation;
  readonly calls: number;
}

/** One count of operations for all threads of a process. */
export interface OperationCounter {
  /** What a thread needs to count with the others: hand it to `createOperationCounter` there. */
  readonly memory: SharedArrayBuffer;
  /** Calls counted from now on, in whatever thread, belong to this stage. */
  enterStage(stage: CountedStage): void;
  stage(): CountedStage;
  /** Counts one call; returns its number over all threads, from 1. */
  count(operation: StorageOperation): number;
  total(): number;
  /** How often which operation was called in which stage; only those that were. */
  counts(): readonly StageCount[];
}

const STAGE = 0;
const TOTAL = 1;
const FIRST_COUNT = 2;
const words = FIRST_COUNT + countedStages.length * storageOperations.length;

/** @param memory of the counter in another thread; a new count without */
export function createOperationCounter(memory = new SharedArrayBuffer(4 * words)): OperationCounter {
  const numbers = new Int32Array(memory);
  const place = (stage: number, operation: StorageOperation) =>
    FIRST_COUNT + stage * storageOperations.length + storageOperations.indexOf(operation);
  return {
    memory,
    enterStage: (stage) => void Atomics.store(numbers, STAGE, countedStages.indexOf(stage)),
    stage: () => countedStages[Atomics.load(numbers, STAGE)]!,
    count(operation) {
      Atomics.add(numbers, place(Atomics.load(numbers, STAGE), operation), 1);
      return Atomics.add(numbers, TOTAL, 1) + 1;
    },
    total: () => Atomics.load(numbers, TOTAL),
    counts: () =>
      countedStages.flatMap((stage, index) =>
        storageOperations
          .map((operation) => ({ stage, operation, calls: Atomics.load(numbers, place(index, operation)) }))
          .filter(({ calls }) => calls > 0),
      ),
  };
}
