import { isBadContent } from '@riffle/core';
import { memoryFile } from '@riffle/testkit';
import { expect, it, test } from 'vitest';
import createReader, { optionsSchema } from './index.ts';

async function readAll(text: string, options = {}): Promise<{ readonly rows: unknown[]; readonly schema: string }> {
  const reader = createReader(options);
  const file = memoryFile('/file.jsonl', Buffer.from(text));
  const rows: unknown[] = [];
  let schema = '';
  for (const fragment of (await reader.survey(file)).fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20 })) {
      schema = String(batch.schema);
      rows.push(
        ...batch
          .toArray()
          .map((row) =>
            JSON.parse(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))),
          ),
      );
    }
  return { rows, schema };
}

const complaint = (text: string, options = {}) =>
  readAll(text, options).then(
    () => 'nothing',
    (error: unknown) => (isBadContent(error) ? error.message : String(error)),
  );

test.each([
  ['{"a":1}\n{"a":}\n', "Line 2, character 6: Unexpected '}', expecting JSON value in object."],
  ['{"a":1}\n\n[1]\n', 'Line 3, character 1: It is no JSON object.'],
  [
    '{"a":1}\n{"a":"x"}\n',
    'Line 2, column a: a text stands where line 1 has a whole number; give the column’s type, or mend the line.',
  ],
  [
    '{"a":{"b":[1,true]}}\n',
    'Line 1, column a.b: a bool stands where line 1 has a whole number; give the column’s type, or mend the line.',
  ],
  [
    '{"a":"\ud800\ud800"}\n'.replace(/\ud800/g, '\\ud800'),
    'Line 1, column a: a text has half a surrogate pair, which UTF-8 has no bytes for.',
  ],
])('%j is refused with its place', async (text, message) => {
  expect(await complaint(text)).toBe(message);
});

it('says which line contradicts the types of the sample, also in a later fragment', async () => {
  const lines = Array.from({ length: 3000 }, (_, row) => `{"a":${row === 2500 ? '"x"' : row}}\n`).join('');
  const message = 'Line 2501, column a: "x" is no int64.';
  expect(await complaint(lines)).toBe(message);
  expect(await complaint(lines, { fragmentBytes: 1024 })).toBe(message);
  expect(await complaint(lines, { types: { a: 'string' } })).toBe('Line 1, column a: 0 is no text.');
});

it('refuses a member that is no column, or leaves it out', async () => {
  const text = '{"a":1}\n{"a":2,"b":3}\n';
  expect(await complaint(text, { sampleRows: 1 })).toBe('Line 2: no column is called "b".');
  expect((await readAll(text, { sampleRows: 1, unknownMembers: 'ignore' })).rows).toEqual([{ a: '1n' }, { a: '2n' }]);
});

it('takes types that are given, and infers the others', async () => {
  const text = '{"x":18446744073709551615,"d":1.10,"m":{"k":1},"t":"2024-02-29T12:00:00+01:00","n":null}\n';
  const types = { d: 'decimal128(38, 20)', m: 'map<string, int8>', t: 'timestamp[ms, UTC]', late: 'bool' };
  expect((await readAll(text, { types })).schema).toBe(
    'Schema<{ 0: x: Uint64, 1: d: Decimal[38e+20], 2: m: Map<{key:Utf8, value:Int8}>, 3: t: Timestamp<MILLISECOND, UTC>, 4: n: Null, 5: late: Bool }>',
  );
});

it('does not believe whole numbers that a double has rounded', async () => {
  expect(await complaint('{"a":12345678901234567.0}\n', { types: { a: 'int64' } })).toContain('is no int64');
  expect(await complaint('{"a":9007199254740993}\n', { types: { a: 'float64' } })).toContain('is not kept exactly');
});

it('refuses lines that are too long, in bounded memory', async () => {
  expect(await complaint(`{"a":"${'x'.repeat(3_000_000)}"}\n`, { maximumLineBytes: 2 ** 20 })).toContain(
    'longer than 1048576 bytes',
  );
});

it('refuses options that do not fit by their names, and describes all of them', () => {
  expect(() => createReader({ sampleRows: 0 })).toThrow('sampleRows');
  expect(() => createReader({ types: { a: 'int65' } })).toThrow('column a: int65');
  expect(() => createReader({ colour: 1 })).toThrow('colour');
  const { properties } = optionsSchema as { readonly properties: Readonly<Record<string, { description?: string }>> };
  expect(Object.values(properties).every(({ description }) => description?.endsWith('.'))).toBe(true);
});
