// What the kernels cost on this machine: build, then `node bench/kernels.mjs [workload]` in this package. RUNS=7 repetitions.
// Prints CPU time, the least of several runs: on a shared machine the least disturbed run says most about the code.
import { Binary, Field, Float64, Int32, Int64, List, makeData, RecordBatch, Schema, Struct, Utf8 } from 'apache-arrow';
import {
  columnsOfBatch,
  createArena,
  fingerprintRows,
  parseSegments,
  rowBytes,
  segmentBytes,
  takeBatch,
  writeSegment,
} from '../dist/index.js';
import { createPlainHasher, createSimdHasher, runWords } from '../dist/row-hasher.js';

const runs = Number(process.env.RUNS ?? 7);

let state = 1;
function random(bound) {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * bound);
}

function batchOf(columns) {
  const fields = columns.map(([name, data]) => new Field(name, data.type, true));
  const schema = new Schema(fields);
  const length = columns[0][1].length;
  return columnsOfBatch(
    new RecordBatch(
      schema,
      makeData({ type: new Struct(fields), length, nullCount: 0, children: columns.map(([, data]) => data) }),
    ),
  );
}

function offsetsOf(rows, lengthOf) {
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row] + lengthOf();
  return offsets;
}

function bytesOf(length) {
  const words = new Int32Array((length + 3) >> 2);
  for (let index = 0; index < words.length; index++) words[index] = Math.imul(index, 0x9e3779b1);
  return new Uint8Array(words.buffer, 0, length);
}

function bitsOf(rows, share) {
  const bits = new Uint8Array((rows + 7) >> 3);
  for (let row = 0; row < rows; row++) if (random(1000) >= share * 1000) bits[row >> 3] |= 1 << (row & 7);
  return bits;
}

/** id, label, score, short text; `nulls` is the share of nulls in every column. */
function narrow(rows, nulls) {
  const valid = () => (nulls === 0 ? { nullCount: 0 } : { nullBitmap: bitsOf(rows, nulls) });
  const offsets = offsetsOf(rows, () => 10 + random(21));
  return batchOf([
    [
      'id',
      makeData({ type: new Int64(), length: rows, ...valid(), data: new BigInt64Array(bytesOf(8 * rows).buffer) }),
    ],
    [
      'label',
      makeData({ type: new Int32(), length: rows, ...valid(), data: new Int32Array(bytesOf(4 * rows).buffer) }),
    ],
    [
      'score',
      makeData({ type: new Float64(), length: rows, ...valid(), data: new Float64Array(bytesOf(8 * rows).buffer) }),
    ],
    [
      'text',
      makeData({ type: new Utf8(), length: rows, ...valid(), valueOffsets: offsets, data: bytesOf(offsets[rows]) }),
    ],
  ]);
}

function tokens(rows) {
  const offsets = offsetsOf(rows, () => 400 + random(401));
  const elements = offsets[rows];
  const child = makeData({
    type: new Int32(),
    length: elements,
    nullCount: 0,
    data: new Int32Array(bytesOf(4 * elements).buffer),
  });
  const type = new List(new Field('item', new Int32(), true));
  return batchOf([['codes', makeData({ type, length: rows, nullCount: 0, valueOffsets: offsets, child })]]);
}

function audio(rows) {
  const offsets = offsetsOf(rows, () => 80_000 + random(40_001));
  return batchOf([
    [
      'audio',
      makeData({ type: new Binary(), length: rows, nullCount: 0, valueOffsets: offsets, data: bytesOf(offsets[rows]) }),
    ],
  ]);
}

/** Rows of one source in the order in which scatter takes them: grouped by bucket, ascending within. */
function dealt(rows, buckets) {
  const lists = Array.from({ length: buckets }, () => []);
  for (let row = 0; row < rows; row++) lists[random(buckets)].push(row);
  return { which: undefined, rows: Uint32Array.from(lists.flat()) };
}

/** All rows of `parts` sources of equal size in random order, as gather takes them. */
function shuffled(sources) {
  const total = sources.reduce((sum, source) => sum + source.rows, 0);
  const order = Float64Array.from({ length: total }, () => random(2 ** 32))
    .map((key, index) => key * 2 ** 21 + index)
    .sort();
  const which = new Uint32Array(total);
  const rows = new Uint32Array(total);
  const next = sources.map(() => 0);
  order.forEach((key, at) => {
    which[at] = (key % 2 ** 21) % sources.length;
    while (next[which[at]] === sources[which[at]].rows) which[at] = (which[at] + 1) % sources.length;
    rows[at] = next[which[at]]++;
  });
  return { which, rows };
}

function best(work) {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, user + system);
  }
  return least / 1e6;
}

function print(workload, kernel, batch, seconds) {
  const bytes = rowBytes(batch).reduce((sum, size) => sum + size, 0);
  process.stdout.write(
    `${workload.padEnd(24)} ${kernel.padEnd(30)} ${((seconds * 1e9) / batch.rows).toFixed(0).padStart(8)} ns/row ${(bytes / seconds / 1e6).toFixed(0).padStart(8)} MB/s\n`,
  );
}

function measure(workload, batch) {
  const out = new Uint32Array(4 * batch.rows);
  print(
    workload,
    'fingerprintRows',
    batch,
    best(() => fingerprintRows(batch, out)),
  );
  // Scatter takes a decoded batch at a time, not a million rows.
  const batches = 8;
  const selection = dealt(Math.floor(batch.rows / batches), 64);
  const arena = createArena();
  const deal = (allocate) => {
    for (let count = 0; count < batches; count++) {
      arena.reset();
      takeBatch([batch], selection, 0, selection.rows.length, allocate);
    }
  };
  print(
    workload,
    'takeBatch, dealt',
    batch,
    best(() => deal()),
  );
  print(
    workload,
    'takeBatch, dealt, arena',
    batch,
    best(() => deal(arena.allocate)),
  );
  const positions = new Uint32Array(batch.rows);
  const part = Math.ceil(batch.rows / 16);
  const ranges = Array.from({ length: 16 }, (_, index) => [
    Math.min(index * part, batch.rows),
    Math.min((index + 1) * part, batch.rows),
  ]).filter(([start, end]) => end > start);
  const size = ranges.reduce((sum, [start, end]) => sum + segmentBytes(batch, start, end), 0);
  const target = new Uint8Array(size);
  const write = () => ranges.reduce((at, [start, end]) => writeSegment(batch, positions, start, end, target, at), 0);
  print(
    workload,
    'segmentBytes, writeSegment',
    batch,
    best(() => {
      for (const [start, end] of ranges) segmentBytes(batch, start, end);
      write();
    }),
  );
  const sources = parseSegments(target, batch.columns);
  const order = shuffled(sources);
  // Gather feeds the writer a few MB at a time.
  const step = Math.ceil(batch.rows / 12);
  const gather = (allocate) => {
    for (let start = 0; start < batch.rows; start += step) {
      arena.reset();
      takeBatch(sources, order, start, Math.min(start + step, batch.rows), allocate);
    }
  };
  print(
    workload,
    'takeBatch, 16 segments',
    batch,
    best(() => gather()),
  );
  print(
    workload,
    'takeBatch, 16 segments, arena',
    batch,
    best(() => gather(arena.allocate)),
  );
  print(
    workload,
    'rowBytes',
    batch,
    best(() => sources.map(rowBytes)),
  );
}

/** The hash alone, of rows of about so many words. */
function measureHashers(workload, words) {
  for (const [name, hasher] of [
    ['plain', createPlainHasher()],
    ['SIMD', createSimdHasher()],
  ]) {
    hasher.words.forEach((_, index) => (hasher.words[index] = Math.imul(index, 0x9e3779b1)));
    let [rows, at] = [0, 0];
    while (rows < hasher.starts.length && at + 1.2 * words < runWords) {
      hasher.starts[rows] = at;
      at += Math.ceil(words * 0.8) + random(Math.ceil(words * 0.4));
      hasher.ends[rows++] = at;
    }
    const repetitions = Math.ceil(2e7 / at);
    const seconds = best(() => {
      for (let count = 0; count < repetitions; count++) hasher.hash(rows);
    });
    const total = repetitions * rows;
    process.stdout.write(
      `${workload.padEnd(24)} ${`hash of ${words} words, ${name}`.padEnd(30)} ${((seconds * 1e9) / total).toFixed(1).padStart(8)} ns/row ${((repetitions * at * 4) / seconds / 1e6).toFixed(0).padStart(8)} MB/s\n`,
    );
  }
}

const only = process.argv[2] ?? '';
const workloads = {
  narrow: () => narrow(1_000_000, 0),
  'narrow, 5 % null': () => narrow(1_000_000, 0.05),
  'list<int32> of 600': () => tokens(40_000),
  'binary of 100 kB': () => audio(1000),
};
for (const [name, make] of Object.entries(workloads)) if (name.startsWith(only)) measure(name, make());
for (const [name, words] of Object.entries({ narrow: 12, 'list<int32> of 600': 620, 'binary of 100 kB': 25_000 }))
  if (name.startsWith(only)) measureHashers(name, words);
