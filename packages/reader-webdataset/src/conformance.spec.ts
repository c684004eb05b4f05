import { describeReader, rowsOf, type ReaderSample } from '@riffle/testkit';
import {
  Binary,
  Field,
  Int64,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  makeData,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createReader from './index.ts';
import { tar, type TarFile } from '../test/tar-files.ts';

const text = (what: string) => new TextEncoder().encode(what);

/** Rows as they must come out, by apache-arrow. */
function expected(columns: readonly (readonly [string, DataType, readonly unknown[]])[]) {
  const fields = columns.map(([name, type]) => new Field(name, type, name !== '__key__'));
  const children = columns.map(([, type, values]) => vectorFromArray(values as never[], type).data[0]!);
  const data = makeData({ type: new Struct(fields), length: children[0]!.length, nullCount: 0, children });
  return rowsOf(new RecordBatch(new Schema(fields), data));
}

/** Sounds of 50 kB, texts in every second sample, labels. */
function large(count: number): ReaderSample {
  const key = (row: number) => `train/${String(row).padStart(6, '0')}`;
  const rows = Array.from({ length: count }, (_, row) => row);
  const sound = (row: number) => new Uint8Array(50_000).fill(row);
  const files = rows.flatMap((row): TarFile[] => [
    { name: `${key(row)}.wav`, bytes: sound(row) },
    ...(row % 2 === 0 ? [{ name: `${key(row)}.TXT`, bytes: text(`größe ${row}`) }] : []),
    { name: `${key(row)}.cls`, bytes: text(`${row}\n`) },
  ]);
  return {
    name: 'large.tar',
    bytes: tar(files),
    rows: expected([
      ['__key__', new Utf8(), rows.map(key)],
      ['wav', new Binary(), rows.map(sound)],
      ['txt', new Utf8(), rows.map((row) => (row % 2 === 0 ? `größe ${row}` : null))],
      ['cls', new Int64(), rows.map(BigInt)],
    ]),
  };
}

function small(): ReaderSample {
  const rows = Array.from({ length: 90 }, (_, row) => row);
  const files = rows.map((row) => ({ name: `${row}.json`, bytes: text(JSON.stringify({ row })) }));
  return {
    name: 'small.tar',
    bytes: tar(files),
    rows: expected([
      ['__key__', new Utf8(), rows.map(String)],
      ['json', new Utf8(), rows.map((row) => JSON.stringify({ row }))],
    ]),
  };
}

const damagedChecksum = () => {
  const bytes = tar([{ name: 'a.txt', bytes: text('a') }]);
  bytes[0]! ^= 1;
  return bytes;
};

const unreadable = async () => [
  { name: 'another checksum', bytes: damagedChecksum() },
  {
    name: 'twice',
    bytes: tar([
      { name: 'a.txt', bytes: text('a') },
      { name: 'a.TXT', bytes: text('b') },
    ]),
  },
  { name: 'no number', bytes: tar([{ name: 'a.cls', bytes: text('cat') }]) },
  { name: 'no UTF-8', bytes: tar([{ name: 'a.txt', bytes: Uint8Array.of(255) }]) },
  {
    name: 'concatenated',
    bytes: Buffer.concat([tar([{ name: 'a.txt', bytes: text('a') }]), tar([{ name: 'b.txt', bytes: text('b') }])]),
  },
  { name: 'no end', bytes: tar([{ name: 'a.txt', bytes: text('a') }]).subarray(0, 1024) },
  { name: 'a link', bytes: tar([{ name: 'a.txt', bytes: text(''), type: '2' }]) },
  { name: 'sparse', bytes: tar([{ name: 'a.txt', bytes: text(''), type: 'S' }]) },
  { name: 'half a pax header', bytes: tar([{ name: 'pax', bytes: text('30 path=a.txt\n'), type: 'x' }]) },
];

describeReader(
  { describe, it, expect },
  { makeReader: () => createReader(), samples: async () => [large(200), small()], unreadable },
);
