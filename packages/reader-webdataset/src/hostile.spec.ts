import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isBadContent, type JsonValue } from '@riffle/core';
import { memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import createReader from './index.ts';
import { tar } from '../test/tar-files.ts';

const text = (what: string) => new TextEncoder().encode(what);

async function readAll(bytes: Uint8Array, options?: JsonValue): Promise<CanonicalRow[]> {
  const reader = createReader(options);
  const file = memoryFile('/some.tar', bytes);
  const rows: CanonicalRow[] = [];
  for (const fragment of (await reader.survey(file)).fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20 })) rows.push(...rowsOf(batch));
  return rows;
}

it('any changed byte of a header is found, or changes nothing but a name or what is passed over', async () => {
  const sound = tar(Array.from({ length: 20 }, (_, row) => ({ name: `${row}.txt`, bytes: text(`text ${row}`) })));
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(255), async (place, value) => {
      const bytes = Uint8Array.from(sound);
      bytes[place] = value;
      try {
        expect(await readAll(bytes)).toHaveLength(20);
      } catch (error) {
        if (!isBadContent(error)) throw error;
        refused++;
      }
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(50);
});

it('archives that claim more than they have take no memory', async () => {
  const bytes = tar([{ name: 'a.txt', bytes: text('a') }]);
  bytes.write('77777777777\0', 124, 'latin1');
  bytes.fill(32, 148, 156);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  await expect(readAll(bytes)).rejects.toMatchObject({
    code: 'BAD_CONTENT',
    message: expect.stringContaining('truncated'),
  });
});

describe.each(['gnu', 'pax', 'ustar', 'v7'])('an archive of GNU tar in the format %s', (format) => {
  it('is read, whatever its names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'riffle-tar-'));
    try {
      const isOld = format === 'v7' || format === 'ustar';
      const names = [
        'one/a.txt',
        `${isOld ? 'long' : 'l'.repeat(120)}/ü.txt`,
        ...(isOld ? [] : [`${'n'.repeat(150)}.txt`]),
      ];
      for (const name of names) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), name);
      }
      const made = spawnSync('tar', [`--format=${format}`, '-cf', 'made.tar', 'one', ...names.slice(1)], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(made.stderr).toBe('');
      const found = await readAll(readFileSync(join(folder, 'made.tar')));
      expect(found.map((row) => row['txt'])).toEqual(names);
      expect(found.map((row) => `${String(row['__key__'])}.txt`)).toEqual(names);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('names with .. are only names', async () => {
  const found = await readAll(tar([{ name: '../../etc/passwd.txt', bytes: text('a') }]));
  expect(found).toEqual([{ __key__: '../../etc/passwd', txt: 'a' }]);
});

it('tells what it passes over', async () => {
  const bytes = tar([
    { name: 'README', bytes: text('a') },
    { name: 'a.txt', bytes: text('a') },
    { name: 'tty', bytes: text(''), type: '3' },
  ]);
  expect((await createReader().survey(memoryFile('/some.tar', bytes))).warnings).toHaveLength(2);
});

it('types of options: nested values from JSON, whole numbers exact', async () => {
  const bytes = tar([
    { name: 'a.json', bytes: text('{"id": 9007199254740993, "words": ["ü", null], "price": 0.10}') },
    { name: 'b.txt', bytes: text('only a text') },
  ]);
  const types = { json: 'struct<id: int64, words: list<string>, price: decimal128(30, 2)>', txt: 'binary' };
  expect(await readAll(bytes, { types })).toEqual([
    { __key__: 'a', json: { id: '9007199254740993', words: ['ü', null], price: '10' }, txt: null },
    { __key__: 'b', json: null, txt: `hex:${Buffer.from('only a text').toString('hex')}` },
  ]);
});

it.each([
  ['{"id": 1, "other": 2}', /column json: no column is called "other"/],
  ['{"id": 1.5}', /column json.id: 1.5 is no int8/],
  ['{"id": 128}', /128 is no int8/],
  ['{"id": ', /JSON cannot be read, character 8/],
  ['[1]', /a list is no object/],
])('%s is no such value', async (json, message) => {
  const bytes = tar([{ name: 'a.json', bytes: text(json) }]);
  await expect(readAll(bytes, { types: { json: 'struct<id: int8>' } })).rejects.toMatchObject({
    code: 'BAD_CONTENT',
    message: expect.stringMatching(message),
  });
});

it.each([
  [{ other: 1 }, /WebDataset reader cannot use its options/],
  [{ types: { txt: 'nothing' } }, /option types of webdataset, column txt/],
])('refuses the options %j', (options, message) => {
  expect(() => createReader(options)).toThrow(message);
});
