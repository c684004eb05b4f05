// What conversions cost on this machine: build, then `node bench/conversions.mjs [name]` in this package. RUNS=15 repetitions.
// Prints CPU time per value, the least of several runs, beside that of a plain copy of the source's bytes.
import { convertBatch, convertColumn, parseType } from '../dist/index.js';
import { Field, Schema } from 'apache-arrow';
import { makeColumn } from '../dist/column.js';
import { layoutOf } from '../dist/layout.js';

const runs = Number(process.env.RUNS ?? 15);
const values = 1_000_000;

let state = 1;
function random(bound) {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return Math.floor(((state >>> 0) / 2 ** 32) * bound);
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

function fixedColumn(type, array) {
  const layout = layoutOf(type);
  return makeColumn({ type, layout, length: array.byteLength / layout.width, values: new Uint8Array(array.buffer) });
}

const integers = (bound) => Int32Array.from({ length: values }, () => random(bound));

function listColumn(child, length) {
  const rows = child.length / length;
  return makeColumn({
    type: parseType('list<int32>'),
    layout: { kind: 'list', large: false },
    length: rows,
    offsets: Int32Array.from({ length: rows + 1 }, (_, row) => row * length),
    children: [child],
  });
}

function textColumn(texts) {
  const parts = texts.map((text) => Buffer.from(text));
  const offsets = new Int32Array(texts.length + 1);
  parts.forEach((part, row) => (offsets[row + 1] = offsets[row] + part.length));
  return makeColumn({
    type: parseType('string'),
    layout: { kind: 'bytes', large: false },
    length: texts.length,
    offsets,
    values: Uint8Array.from(Buffer.concat(parts)),
  });
}

function withNulls(column) {
  const validity = Uint8Array.from({ length: (column.length + 7) >> 3 }, () => random(256) | random(256) | random(256));
  return { ...column, validity };
}

const bytesOf = ({ values: own, offsets, children }) => [
  ...(own === undefined ? [] : [own]),
  ...(offsets === undefined ? [] : [offsets]),
  ...children.flatMap(bytesOf),
];

const int32 = fixedColumn(parseType('int32'), integers(2 ** 31));
const labels = fixedColumn(parseType('int32'), integers(1000));
const names = Array.from({ length: 1000 }, (_, index) => `label ${index}`);
const map = names.map((_, index) => 999 - index);
const floats = fixedColumn(
  parseType('float32'),
  Float32Array.from({ length: values }, () => random(2 ** 20) / 8),
);
const instants = fixedColumn(
  parseType('timestamp[ms]'),
  BigInt64Array.from({ length: values }, () => BigInt(1.7e12 + random(1e9))),
);
const prices = fixedColumn(
  parseType('decimal128(9, 2)'),
  BigInt64Array.from({ length: 2 * values }, (_, index) => (index % 2 === 0 ? BigInt(random(1e8)) : 0n)),
);
const numbers = textColumn(Array.from({ length: values }, () => String(random(1e6))));

const cases = [
  ['int32 → int32', int32, 'int32', { kind: 'keep' }],
  ['int32 → int64', int32, 'int64', { kind: 'number' }],
  ['int32 → int64, nulls', withNulls(int32), 'int64', { kind: 'number' }],
  [
    'int64 → int32, checked',
    convertColumn(int32, values, parseType('int64'), { kind: 'number' }),
    'int32',
    { kind: 'number' },
  ],
  ['int32 → float64', int32, 'float64', { kind: 'number' }],
  ['float32 → float64', floats, 'float64', { kind: 'number' }],
  ['list<int32> → list<int64>', listColumn(int32, 500), 'list<int64>', { kind: 'list', element: { kind: 'number' } }],
  ['string → large_string', numbers, 'large_string', { kind: 'keep' }],
  ['timestamp ms → us', instants, 'timestamp[us]', { kind: 'time' }],
  ['decimal(9, 2) → (18, 4)', prices, 'decimal128(18, 4)', { kind: 'decimal' }],
  ['decimal(9, 2) → float64', prices, 'float64', { kind: 'decimal' }],
  ['labels by a map', labels, 'int64', { kind: 'labels', map }],
  ['labels to names', labels, 'string', { kind: 'label-names', names }],
  [
    'names to labels',
    convertColumn(labels, values, parseType('string'), { kind: 'label-names', names }),
    'int64',
    { kind: 'label-numbers', names },
  ],
  ['string → int64', numbers, 'int64', { kind: 'text' }],
  ['int32 → string', int32, 'string', { kind: 'text' }],
];
const only = process.argv[2] ?? '';
for (const [name, column, target, conversion] of cases) {
  if (!name.startsWith(only)) continue;
  const type = parseType(target);
  const copied = best(() => bytesOf(column).map((part) => part.slice()));
  const seconds = best(() => convertColumn(column, column.length, type, conversion));
  const perValue = (time) => ((time * 1e9) / values).toFixed(2).padStart(8);
  process.stdout.write(`${name.padEnd(28)} ${perValue(seconds)} ns/value, a copy ${perValue(copied)}\n`);
}

// Batches that need nothing: what a job pays whose collections agree.
for (const width of [5, 1000]) {
  const schema = (text) =>
    new Schema(Array.from({ length: width }, (_, index) => new Field(`c${index}`, parseType(text), true)));
  const columns = Array.from({ length: width }, (_, source) => ({ source, conversion: { kind: 'keep' } }));
  const element = fixedColumn(parseType('int32'), new Int32Array(1000));
  const batch = { rows: 10, columns: columns.map(() => listColumn(element, 100)) };
  for (const target of ['list<int32>', 'large_list<int32>']) {
    const to = schema(target);
    const repetitions = Math.ceil(20_000 / width);
    const seconds = best(() => {
      for (let count = 0; count < repetitions; count++) convertBatch(batch, to, columns);
    });
    const perColumn = ((seconds * 1e9) / repetitions / width).toFixed(0);
    process.stdout.write(`${width} columns list<int32> → ${target}, kept: ${perColumn} ns/column of a batch\n`);
  }
}
