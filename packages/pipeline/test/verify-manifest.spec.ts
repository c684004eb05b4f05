import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Manifest } from '@riffle/core';
import createShuffler from '@riffle/shuffler';
import { makeDataset, openDuckDB, seededRandom } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifest } from '../src/proof/manifest-schema.ts';
import { manifestDigest } from '../src/publishing/make-manifest.ts';
import { judgeManifest } from '../src/verifying/judge-manifest.ts';
import { doJob, verifyResult } from './support/job.ts';
import { readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { copier } from './support/verify-copies.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

const folder = temporaryFolder();
const shuffler = createShuffler();
let duckdb: DuckDBConnection;
let manifest: Manifest;
const spoiled = copier(folder, join(folder, 'result'));

beforeAll(async () => {
  duckdb = await openDuckDB();
  const columns = { id: 'i', words: "['a', NULL, 'b' || i]" };
  const { collections } = await makeDataset(join(folder, 'in'), { rowsPerShard: 40, columns, connection: duckdb });
  mkdirSync(join(folder, 'in/a/empty'));
  writeFileSync(join(folder, 'in/a/bad.parquet'), 'no Parquet');
  const [a, b] = collections;
  await doJob({ collections: [a!, { ...b!, expect: 5 }], output: join(folder, 'result'), shards: 7 });
  manifest = readManifest(join(folder, 'result'));
});
afterAll(() => duckdb.closeSync());

/** Every value that is no object and no list, with empty ones. */
function leavesOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** The manifest with the value at a path changed in place; undefined removes it. */
function edited(path: Path, change: (value: Json) => Json | undefined): Manifest {
  const copy = structuredClone(manifest) as unknown as Json;
  let at = copy as { [key: string]: Json };
  for (const key of path.slice(0, -1)) at = at[key] as { [key: string]: Json };
  const last = path.at(-1)!;
  const changed = change(at[last]!);
  if (changed !== undefined) at[last] = changed;
  else if (Array.isArray(at)) (at as Json[]).splice(Number(last), 1);
  else delete at[last];
  return copy as unknown as Manifest;
}

/** Another value of the same type that looks as right as the first. */
function another(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') {
    const place = /[0-9a-f]/.exec(value)?.index;
    if (place === undefined) return `${value}x`;
    return `${value.slice(0, place)}${value[place] === '1' ? '2' : '1'}${value.slice(place + 1)}`;
  }
  return 1;
}

/** What a reader of the file finds wrong before it opens a shard. */
function complaints(changed: Manifest): readonly string[] {
  const parsed = parseManifest(JSON.stringify(changed));
  if (typeof parsed === 'string') return [parsed];
  return judgeManifest(parsed, '.parquet', shuffler).findings.map(({ message }) => message);
}

const plain = (path: Path) =>
  path
    .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
    .join('')
    .slice(1);

describe('a manifest', () => {
  const covered = () => [
    ...leavesOf(manifest.plan as unknown as Json, ['plan']),
    ...leavesOf(manifest.receipt as unknown as Json, ['receipt']),
    ['digest'],
  ];

  it('of a run has nothing to complain about', () => {
    expect(covered().length).toBeGreaterThan(120);
    expect(complaints(manifest)).toEqual([]);
  });

  it.each<[string, (value: Json) => Json | undefined]>([
    ['another value', another],
    ['null', () => null],
    ['a list', (value) => [value]],
    ['an object', (value) => ({ value })],
    ['a very large number', () => 1e300],
    ['nothing', () => undefined],
  ])('with %s in any one place of plan, receipt or digest is found out', (_, change) => {
    for (const path of covered())
      expect([plain(path), complaints(edited(path, change)).length > 0]).toEqual([plain(path), true]);
  });

  it('with something added, doubled or in another order is found out', () => {
    for (const list of ['inputs', 'outputs', 'collections', 'lost'] as const) {
      const values = manifest.receipt[list] as readonly unknown[];
      for (const changed of [values.toReversed(), [...values, values[0]], values.slice(1)])
        expect(complaints({ ...manifest, receipt: { ...manifest.receipt, [list]: changed } })).not.toEqual([]);
    }
    expect(complaints({ ...manifest, plan: { ...manifest.plan, more: 1 } as Manifest['plan'] })).not.toEqual([]);
    const text = JSON.stringify(manifest).replace('"plan":{', '"plan":{"__proto__":{"seed":"43"},');
    expect(judgeManifest(parseManifest(text) as Manifest, '.parquet', shuffler).findings.length).toBe(1);
  });

  it('may differ in what the digest does not cover: run and riffleVersion', () => {
    for (const path of leavesOf(manifest.run as unknown as Json, ['run']))
      expect(complaints(edited(path, another))).toEqual([]);
    expect(complaints({ ...manifest, riffleVersion: '9.9.9' })).toEqual([]);
  });

  it('that was given a new digest still contradicts itself, except in these places', () => {
    const silent = new Set<string>();
    for (const path of covered().slice(0, -1)) {
      const changed = edited(path, another);
      const { length } = complaints({ ...changed, digest: manifestDigest(changed) });
      if (length === 0) silent.add(plain(path));
    }
    expect([...silent]).toEqual([
      // Against the inputs, these make another order of rows.
      'plan.seed',
      'plan.shuffler',
      // How it was written, which changes no row.
      'plan.reader',
      'plan.writer',
      'plan.compression',
      'plan.rowGroupBytes',
      'plan.profile',
      ...[...silent].filter((place) => place.startsWith('plan.tuning')),
      // The inputs contradict the first, the shards the others.
      'receipt.inputs[].files[].bytes',
      'receipt.outputs[].bytes',
      'receipt.outputs[].sha256',
      // What nobody can prove: why something was lost.
      'receipt.lost[].path',
      'receipt.lost[].code',
      'receipt.lost[].kind',
      'receipt.lost[].reason',
    ]);
  });
});

describe('a hostile manifest is a finding, whatever it holds:', () => {
  const codes = async (spoil: (place: string) => void) => {
    const output = spoiled((copy) => spoil(join(copy, '.riffle/manifest.json')));
    const { ok, findings } = await verifyResult(output);
    expect(ok).toBe(false);
    return findings.filter(({ code }) => code === 'manifest').map(({ message }) => message);
  };
  const withTreaty = (treaty: string) => {
    const changed = { ...manifest, plan: { ...manifest.plan, treaty } };
    return JSON.stringify({ ...changed, digest: manifestDigest(changed) });
  };

  it.each<[string, (place: string) => void, RegExp]>([
    ['more bytes than any', (place) => truncateSync(place, 2 ** 28 + 1), /has 268435457 bytes/],
    [
      'more values than any',
      (place) => writeFileSync(place, `[${'0,'.repeat(2 ** 22 + 1)}0]`),
      /more than 4194304 values/,
    ],
    ['many empty objects', (place) => writeFileSync(place, `[${'{},'.repeat(2 ** 21)}0]`), /more than 4194304 values/],
    ['a million levels', (place) => writeFileSync(place, '['.repeat(1e6)), /nested 1000000 deep/],
    ['two million strings of brackets', (place) => writeFileSync(place, `[${'"[",'.repeat(2e6)}0]`), /the document: /],
    [
      'bytes that are no UTF-8',
      (place) => writeFileSync(place, Buffer.from([0x22, 0xff, 0xfe, 0x22])),
      /not text in UTF-8/,
    ],
    ['nothing', (place) => writeFileSync(place, ''), /not JSON/],
    ['null', (place) => writeFileSync(place, 'null'), /the document: /],
    ['a prototype', (place) => writeFileSync(place, '{"__proto__":{"format":"riffle-manifest-v1"}}'), /format: /],
    [
      'a schema that is none',
      (place) => writeFileSync(place, withTreaty('QUFBQQ==')),
      /plan.treaty is no Arrow schema/,
    ],
    [
      'a schema whose list of fields has no end',
      (place) => {
        const bytes = Buffer.from(manifest.plan.treaty, 'base64');
        // The number of fields is the 2 that stands before their offsets.
        const at = bytes.findIndex(
          (_, index) => index % 4 === 0 && bytes.length - index > 8 && bytes.readInt32LE(index) === 2,
        );
        bytes.writeInt32LE(0x7fffffff, at);
        writeFileSync(place, withTreaty(bytes.toString('base64')));
      },
      /plan.treaty is no Arrow schema/,
    ],
  ])('%s', async (_, spoil, message) => {
    const [first] = await codes(spoil);
    expect(first).toMatch(message);
    expect(Object.keys({})).toEqual([]);
  });

  it('any bytes of a schema end soon, with a finding or without', () => {
    const random = seededRandom(7);
    const bytes = Buffer.from(manifest.plan.treaty, 'base64');
    let found = 0;
    for (let round = 0; round < 3000; round++) {
      const spoiledBytes = Buffer.from(bytes);
      for (let change = 0; change < 3; change++) spoiledBytes[random.below(bytes.length)] = random.below(256);
      const changed = { ...manifest, plan: { ...manifest.plan, treaty: spoiledBytes.toString('base64') } };
      const { findings } = judgeManifest({ ...changed, digest: manifestDigest(changed) }, '.parquet', shuffler);
      if (findings.some(({ message }) => message.includes('plan.treaty'))) found++;
    }
    expect(found).toBeGreaterThan(500);
  });
});

describe('verify says what is wrong with the place it was given', () => {
  it.each<[string, (place: string) => void, RegExp]>([
    ['nothing is there', () => undefined, /\/place does not exist\. Give the folder that a run published\.$/],
    ['it is a file', (place) => writeFileSync(place, ''), /\/place is a file, not the folder of a result\./],
    [
      'it is a dangling link',
      (place) => symlinkSync('nowhere', place),
      /\/place is a link that leads nowhere, not the folder/,
    ],
    [
      'there is no manifest',
      (place) => mkdirSync(place),
      /\/place has no file \.riffle\/manifest\.json, so it is not a finished result/,
    ],
    [
      'the manifest is a folder',
      (place) => mkdirSync(join(place, '.riffle/manifest.json'), { recursive: true }),
      /has no file \.riffle\/manifest\.json: it is a folder, so/,
    ],
  ])('%s', async (name, make, message) => {
    const place = join(folder, name, 'place');
    mkdirSync(join(folder, name));
    make(place);
    await expect(verifyResult(place)).rejects.toMatchObject({
      code: 'NOT_A_RESULT',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it('and reads the manifest of a result as text that people can read', () => {
    expect(readFileSync(join(folder, 'result/.riffle/manifest.json'), 'utf8')).toContain('\n "digest": ');
  });
});
