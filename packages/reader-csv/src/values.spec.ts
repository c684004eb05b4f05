import { isBadContent } from '@riffle/core';
import { memoryFile, rowsOf } from '@riffle/testkit';
import { expect, it, test } from 'vitest';
import createReader from './index.ts';

async function readAll(text: string, options = {}, name = '/file.csv') {
  const reader = createReader(options);
  const file = memoryFile(name, Buffer.from(text));
  await reader.survey(file);
  const rows: unknown[] = [];
  let schema = '';
  for await (const batch of reader.read(file, 0, { targetBatchBytes: 2 ** 20 })) {
    schema = String(batch.schema);
    rows.push(...rowsOf(batch).map((row) => Object.values(row)));
  }
  return { rows, schema };
}

const complaint = (text: string, options = {}) =>
  readAll(text, options).then(
    () => 'nothing',
    (error: unknown) => (isBadContent(error) ? error.message : String(error)),
  );

test.each([
  ['a,b\n1,2\n\n3\n', 'Line 4: it has 1 field instead of 2.'],
  ['a,b\n1,"x\ny"\n3\n', 'Line 4: it has 1 field instead of 2.'],
  [
    'a,b\n1,2\n"x"y,2\n',
    'Line 3: Trailing quote on quoted field is malformed (quotes within a quoted field are doubled).',
  ],
  ['a,b\n1,2\r\n', 'Line 2: its last field ends in a carriage return: line ends are mixed.'],
])('%j is refused with its line', async (text, message) => {
  expect(await complaint(text)).toBe(message);
});

it('infers types, and leaves texts that look like numbers alone', async () => {
  const { schema, rows } = await readAll('a,b,c,d,e,f\n1,1.5,true,007,,9007199254740993\n,2,false,8,,1.5\n');
  expect(schema).toBe('Schema<{ 0: a: Int64, 1: b: Float64, 2: c: Bool, 3: d: Utf8, 4: e: Null, 5: f: Utf8 }>');
  expect(rows[1]).toEqual([null, '4000000000000000', false, '8', null, '1.5']);
});

it('says which line contradicts the types of the sample', async () => {
  const text = `a\n${'1\n'.repeat(10)}x\n`;
  expect(await complaint(text, { sampleRows: 5 })).toBe('Line 12, column a: "x" is no int64.');
});

it('takes names, types, delimiters and words for null from its options', async () => {
  const options = {
    names: ['id', 'day', 'price'],
    types: { day: 'date32', price: 'decimal128(9, 2)' },
    nulls: ['NA'],
    delimiter: ';',
  };
  const { rows, schema } = await readAll('1;2024-02-29;1.5\n2;NA;-3\n', options);
  expect(schema).toBe('Schema<{ 0: id: Int64, 1: day: Date32<DAY>, 2: price: Decimal[9e+2] }>');
  expect(rows).toEqual([
    ['1', '19782', '150'],
    ['2', null, '-300'],
  ]);
});

it('takes tabulators between fields of .tsv', async () => {
  const { rows } = await readAll('a\tb\n1,5\t"x\ty"\n', {}, '/file.TSV');
  expect(rows).toEqual([['1,5', 'x\ty']]);
});

it('refuses types and options that do not fit, and a header that is cut', async () => {
  expect(() => createReader({ types: { a: 'list<int8>' } })).toThrow('one value');
  expect(() => createReader({ delimiter: '"' })).toThrow('delimiter');
  expect(await complaint('id,na')).toBe('It ends within its header.');
  expect(await complaint('a\n1\n', { types: { b: 'int8' } })).toContain('no column b');
});

it('reads a row that is longer than a block, and refuses one that is longer than its limit', async () => {
  const long = 'x\n'.repeat(1_500_000);
  expect((await readAll(`a,b\n1,"${long}"\n`)).rows).toEqual([['1', long]]);
  expect(await complaint(`a,b\n1,"${long}\n`, { maximumRowBytes: 2 ** 20 })).toContain('is a quote missing?');
});
