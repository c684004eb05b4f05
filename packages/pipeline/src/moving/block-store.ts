import { crc32 } from 'node:zlib';
import {
  columnBatchBytes,
  createArena,
  movedBatch,
  movedView,
  packBatch,
  segmentBytes,
  takeCapacity,
  writeSegment,
  type Allocate,
} from '@riffle/columnar';
import type { OperationOptions, Storage, WritableFile } from '@riffle/core';
import type { Block } from './block.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { DealtBatch, SourceRows } from './dealt-batch.ts';

/** Where a scatter task puts its blocks. `none` decodes only, to find every bad shard. */
export type StoreChoice =
  | {
      readonly kind: 'memory';
      readonly recycled: readonly SharedArrayBuffer[];
      /** Whether rows of other passes are left out, so that blocks take less than what they are dealt from. */
      readonly part: boolean;
    }
  | { readonly kind: 'spill'; readonly folder: string; readonly file: string }
  | { readonly kind: 'none' };

/** A spill file as it was written: enough to find out later whether it is still whole. */
export interface SpillFile {
  /** Its name in the spill folder. */
  readonly file: string;
  readonly bytes: number;
  /** CRC-32 of all bytes: torn writes are what it is for, and rows have fingerprints besides. */
  readonly crc32: number;
}

interface StoredBlocks {
  readonly blocks: readonly Block[];
  readonly spill?: SpillFile | undefined;
}

/** Takes what one scatter task deals. */
export interface BlockStore {
  /** Memory for dealing these rows into; the store owns what comes out. */
  allocatorFor(sources: readonly SourceRows[]): Allocate;
  add(dealt: DealtBatch): Promise<void>;
  /** All blocks, complete. Nothing may be added afterwards. */
  finish(): Promise<StoredBlocks>;
  /** Frees what is open, also after a failure. */
  close(): Promise<void>;
}

interface SharedAllocator {
  readonly allocate: Allocate;
  readonly memory: SharedArrayBuffer;
  used(): number;
}

/** A bump allocator over one piece of shared memory; pages that are not used are never touched. */
function sharedAllocator(memory: SharedArrayBuffer): SharedAllocator {
  let at = 0;
  return {
    memory,
    allocate(bytes) {
      const start = at;
      at += Math.ceil(bytes / 8) * 8;
      return new Uint8Array(memory, start, bytes);
    },
    used: () => at,
  };
}

/** Room beyond a block's bytes, so that it fits the next pass's block of the same rows, which is about as large. */
const blockSlack = 1.06;
/** Shared memory comes in such pieces. */
const blockUnit = 64 * 1024;

/** Where this thread deals parts of batches. Nobody can tell how large a part is before; memory for the whole would be touched by being zeroed. */
let partMemory = new SharedArrayBuffer(0);

/** Every dealt batch is a block of its own, dealt in memory that is kept and copied to memory of its size. */
function createPartStore(firstBucket: number, recycled: readonly SharedArrayBuffer[]): BlockStore {
  const blocks: Block[] = [];
  const free = [...recycled];
  let dealt: SharedAllocator;
  const memoryFor = (bytes: number): SharedArrayBuffer => {
    const fitting = free.findIndex((memory) => memory.byteLength >= bytes);
    if (fitting >= 0) return free.splice(fitting, 1)[0]!;
    return new SharedArrayBuffer(Math.ceil((bytes * blockSlack) / blockUnit) * blockUnit);
  };
  return {
    allocatorFor(sources) {
      const capacity = capacityFor(sources);
      if (partMemory.byteLength < capacity) partMemory = new SharedArrayBuffer(capacity);
      dealt = sharedAllocator(partMemory);
      return dealt.allocate;
    },
    async add({ batch, positions, bounds }) {
      const bytes = dealt.used();
      const memory = memoryFor(bytes);
      new Uint8Array(memory, 0, bytes).set(new Uint8Array(dealt.memory, 0, bytes));
      blocks.push({
        kind: 'memory',
        firstBucket,
        bounds,
        batch: movedBatch(packBatch(batch), dealt.memory, memory),
        positions: movedView(positions, dealt.memory, memory),
        memory,
        bytes,
      });
    },
    finish: async () => ({ blocks }),
    close: async () => undefined,
  };
}

function capacityFor(sources: readonly SourceRows[]): number {
  const rows = sources.reduce((sum, { batch }) => sum + batch.rows, 0);
  return takeCapacity(sources.map(({ batch }) => batch)) + 4 * rows + 8;
}

/** Every dealt batch is a block of its own, in shared memory from the start. */
function createMemoryStore(firstBucket: number, recycled: readonly SharedArrayBuffer[]): BlockStore {
  const blocks: Block[] = [];
  const free = [...recycled];
  let shared: SharedAllocator;
  return {
    allocatorFor(sources) {
      const capacity = capacityFor(sources);
      const fitting = free.findIndex((memory) => memory.byteLength >= capacity);
      shared = sharedAllocator(fitting < 0 ? new SharedArrayBuffer(capacity) : free.splice(fitting, 1)[0]!);
      return shared.allocate;
    },
    async add({ batch, positions, bounds }) {
      blocks.push({
        kind: 'memory',
        firstBucket,
        bounds,
        batch: packBatch(batch),
        positions,
        memory: shared.memory,
        bytes: shared.used(),
      });
    },
    finish: async () => ({ blocks }),
    close: async () => undefined,
  };
}

/** Bytes gathered before a write to a spill file. */
const stagingBytes = 4 * 2 ** 20;

/** Memory for dealt batches, kept from task to task until {@link releaseScatterMemory}. */
let arena = createArena();

/** Lets go of what scatter tasks kept for the next one: the gather needs the memory. */
export function releaseScatterMemory(): void {
  if (arena.heldBytes() === 0 && partMemory.byteLength === 0) return;
  arena = createArena();
  partMemory = new SharedArrayBuffer(0);
  collectGarbage();
}

/** Batches are kept until there are `flushBytes` of them, so that a bucket's part of a block is large. */
async function createSpillStore(
  storage: Storage,
  folder: string,
  name: string,
  firstBucket: number,
  flushBytes: number,
  options: OperationOptions,
): Promise<BlockStore> {
  const location = storage.join(folder, name);
  const file: WritableFile = await storage.create(location, { ...options, overwrite: true });
  const { allocate } = arena;
  arena.reset();
  const blocks: Block[] = [];
  let pending: DealtBatch[] = [];
  let pendingBytes = 0;
  let fileOffset = 0;
  let checksum = 0;
  let staging = new Uint8Array(stagingBytes);
  let staged = 0;
  let open = true;

  const writeOut = async () => {
    if (staged === 0) return;
    const bytes = staging.subarray(0, staged);
    checksum = crc32(bytes, checksum);
    await file.write(bytes, options);
    staged = 0;
  };
  const stageBucket = async (bucket: number): Promise<number> => {
    let written = 0;
    for (const { batch, positions, bounds } of pending) {
      const [start, end] = [bounds[bucket]!, bounds[bucket + 1]!];
      if (start === end) continue;
      const length = segmentBytes(batch, start, end);
      if (staged + length > staging.length) await writeOut();
      if (length > staging.length) staging = new Uint8Array(length);
      staged = writeSegment(batch, positions, start, end, staging, staged);
      written += length;
    }
    return written;
  };
  const flush = async () => {
    if (pending.length === 0) return;
    const count = pending[0]!.bounds.length - 1;
    const bounds = new Float64Array(count + 1);
    bounds[0] = fileOffset;
    for (let bucket = 0; bucket < count; bucket++) bounds[bucket + 1] = bounds[bucket]! + (await stageBucket(bucket));
    await writeOut();
    if (staging.length > stagingBytes) staging = new Uint8Array(stagingBytes);
    fileOffset = bounds[count]!;
    blocks.push({ kind: 'spill', firstBucket, bounds, file: location });
    pending = [];
    pendingBytes = 0;
    arena.reset();
  };
  return {
    allocatorFor: () => allocate,
    async add(dealt) {
      pending.push(dealt);
      pendingBytes += columnBatchBytes(dealt.batch) + 4 * dealt.batch.rows;
      if (pendingBytes >= flushBytes) await flush();
    },
    async finish() {
      await flush();
      return { blocks, spill: { file: name, bytes: fileOffset, crc32: checksum } };
    },
    async close() {
      if (open) await file.close();
      open = false;
    },
  };
}

export async function openStore(
  choice: StoreChoice,
  storage: Storage,
  firstBucket: number,
  flushBytes: number,
  options: OperationOptions,
): Promise<BlockStore | undefined> {
  if (choice.kind === 'memory')
    return (choice.part ? createPartStore : createMemoryStore)(firstBucket, choice.recycled);
  if (choice.kind === 'spill')
    return createSpillStore(storage, choice.folder, choice.file, firstBucket, flushBytes, options);
  return undefined;
}
