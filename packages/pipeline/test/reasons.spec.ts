import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { lossKinds, type RecipeInput, type Report } from '@riffle/core';
import { handmadeFile, makeBatch, type HandmadeFile } from '@riffle/testkit';
import { Schema } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { doJob } from './support/job.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { writeByParquetWasm } from './support/write-parquet.ts';

const folder = temporaryFolder();
const page = fileURLToPath(new URL('../../../docs/reference/bad-shards.md', import.meta.url));

/** A row of the page's table: the reason as a pattern, with anything for `…`, and one that a job told. */
interface Row {
  readonly kind: string;
  readonly code: string;
  readonly reason: string;
  readonly example: string;
}
const rows = [...readFileSync(page, 'utf8').matchAll(/^\| `(\w+)` \| `(\w+)` \| `([^`]+)` \| `([^`]+)` \|/gm)].map(
  ([, kind, code, reason, example]): Row => ({ kind: kind!, code: code!, reason: reason!, example: example! }),
);
const patternOf = ({ reason }: Row) =>
  new RegExp(
    `^${reason
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
    's',
  );

const words = (...values: number[]) => new Uint8Array(Int32Array.from(values).buffer);
const good: HandmadeFile = { rows: 3, page: words(1, 2, 3) };
const handmade = (changes: Partial<HandmadeFile>) => Buffer.from(handmadeFile({ ...good, ...changes }));
const sound = handmade({});
const footerAt = sound.length - 8 - sound.readUInt32LE(sound.length - 8);
/** The sound file with another footer. */
function withFooter(change: (footer: Buffer) => Buffer): Buffer {
  const footer = change(Buffer.from(sound.subarray(footerAt, -8)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([sound.subarray(0, footerAt), footer, length, Buffer.from('PAR1')]);
}
/** Field 8 of the footer, a struct with an empty struct, in place of the end mark after field 4. */
const encryption = Buffer.from([0x4c, 0x1c, 0, 0, 0]);
const INT96 = 3;
const int96 = (julianDay: number) => {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32LE(julianDay, 8);
  return handmade({ rows: 1, page: bytes, physicalType: INT96 });
};
const zeros = Buffer.alloc(8 * 2 ** 20);

/** One file a reason, by its name: each is a shard of one job. */
const files: Readonly<Record<string, Uint8Array>> = {
  'zero bytes long': Buffer.alloc(0),
  'cut off': sound.subarray(0, 60),
  'Git-LFS pointer': Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n'),
  'HTML page': Buffer.from('<!DOCTYPE html><html></html>'),
  'CSV text': Buffer.from('id,text\n1,a\n'),
  'damaged start': Buffer.concat([Buffer.from('P\u0001R\u0002'), sound.subarray(4)]),
  'encrypted footer': Buffer.from(`PARE${'x'.repeat(100)}PARE`),
  'footer beyond the file': Buffer.from('PAR1....\u00ff\u0001\u0000\u0000PAR1', 'latin1'),
  'column beyond the file': handmade({ declared: { chunkStart: 400 } }),
  'broken Thrift': withFooter((footer) => footer.fill(0xff, 0, 1)),
  // The root's number of children follows its name, as one byte of type and one of twice the number.
  'a column that is not there': withFooter((footer) =>
    footer.fill(4, footer.indexOf('schema') + 7, footer.indexOf('schema') + 8),
  ),
  'encrypted columns': withFooter((footer) => Buffer.concat([footer.subarray(0, -1), encryption])),
  'rows of footer and row groups': handmade({ declared: { fileRows: 4 } }),
  'values of chunk and rows': handmade({ declared: { chunkValues: 2 } }),
  'values of pages and chunk': handmade({ declared: { pageValues: 2 } }),
  'wrong CRC': handmade({ declared: { crc: 7 } }),
  'page too large to be': handmade({ codec: 1, declared: { uncompressedBytes: 2 ** 30 } }),
  'page header of zeros': Buffer.from(handmade({})).fill(0, 4, 20),
  'not compressed as declared': handmade({ codec: 2, declared: { uncompressedBytes: 12 } }),
  'what makes the codec trap': handmade({ page: words(-1, -1, -1), encoding: 5 }),
  'bomb by its rows': handmade({
    rows: zeros.length / 4,
    page: brotliCompressSync(zeros, { params: { 1: 1 } }),
    codec: 4,
    declared: { uncompressedBytes: zeros.length },
  }),
  'bomb by its bytes': handmade({
    page: brotliCompressSync(zeros, { params: { 1: 1 } }),
    codec: 4,
    declared: { uncompressedBytes: zeros.length },
  }),
  LZO: handmade({ codec: 3 }),
  'encoding of the future': handmade({ encoding: 30 }),
  'type of the future': handmade({ physicalType: 30 }),
  'data elsewhere': handmade({ declared: { filePath: '/etc/passwd' } }),
  'name that is not UTF-8': Buffer.from(sound.toString('latin1').replaceAll('value', 'v\u00fflue'), 'latin1'),
  'null byte in a name': Buffer.from(sound.toString('latin1').replaceAll('value', 'va\u0000ue'), 'latin1'),
};

/** Everything that the jobs lost, by path. */
const lost = new Map<string, Report['lost'][number]>();

async function loseIn(name: string, collection: Partial<RecipeInput['collections'][number]> = {}): Promise<void> {
  const path = join(folder, name);
  const { report } = await doJob({
    collections: [{ name: 'c', path, ...collection }],
    output: join(folder, `${name} out`),
    shards: 1,
    limits: { decodedBytes: '1MiB', decodedRatio: 100 },
  });
  expect(report.rows).toBeGreaterThan(0);
  for (const one of report.lost) lost.set(`${name}/${one.path}`, one);
}

beforeAll(async () => {
  const put = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  put('early and late/good.parquet', sound);
  for (const [name, bytes] of Object.entries(files)) put(`early and late/${name}.parquet`, bytes);
  mkdirSync(join(folder, 'early and late/empty folder'));
  execFileSync('mkfifo', [join(folder, 'early and late/pipe.parquet')], { stdio: 'ignore' });
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/early and late/`), Buffer.from([0xff]), Buffer.from('.pq')]),
    sound,
  );
  writeByParquetWasm(
    join(folder, 'early and late/no columns.parquet'),
    makeBatch(new Schema([]), { rows: 3, seed: 1, nullShare: 0 }),
  );
  await loseIn('early and late', { expect: '{good,absent}' });

  put('INT96/good.parquet', int96(2_440_588));
  put('INT96/the year 9999.parquet', int96(5_373_484));
  await loseIn('INT96');
}, 120_000);

/** A reason without the file that it begins with, as a terminal shows it. */
const sentenceOf = ({ reason }: Report['lost'][number]) =>
  reason.replace(/^[^/]+\.(parquet|pq): /, '').replaceAll('\0', '\ufffd');
const isOf = (row: Row, told: Report['lost'][number]) =>
  row.kind === told.kind && row.code === told.code && patternOf(row).test(sentenceOf(told));

describe('the reasons of the page and of jobs are the same', () => {
  it('has kinds that exist, all of them', () => {
    const generic = ['damaged'];
    expect([...new Set(rows.map(({ kind }) => kind))].toSorted()).toEqual(
      Object.keys(lossKinds)
        .filter((kind) => !generic.includes(kind))
        .toSorted(),
    );
  });

  it('every file is lost for a reason of the page', () => {
    expect(lost.size).toBeGreaterThan(25);
    for (const [path, told] of lost) {
      const matching = rows.filter((row) => isOf(row, told)).map(({ reason }) => reason);
      expect([path, told, matching]).toEqual([path, told, [expect.any(String)]]);
    }
  });

  it.each(rows)('$kind: $reason', (row) => {
    const told = [...lost.values()].filter((one) => isOf(row, one)).map(sentenceOf);
    expect(told).toContain(row.example);
  });
});
