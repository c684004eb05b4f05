import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipeSchema } from '@riffle/core/recipe';
import { run } from '@riffle/pipeline';
import { describeReader, memoryFile, openDuckDB, queryRows, rowsOf, sqlText } from '@riffle/testkit';
import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createMinimalReader from '../examples/minimal-reader.mjs';
import createReader from '../examples/npy-reader.mjs';
import { codeBlocks, readPage } from '../src/pages.mjs';
import { jobOptions } from '../src/real-run.mjs';
import { withFolder } from '../src/run-example.mjs';

/** A NumPy file as `numpy.save` writes it. */
function npy(values, descr) {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${values.length},), }`;
  const header = text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 11) + '\n';
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 0, 0]);
  head.writeUInt16LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header, 'latin1'), Buffer.from(values.buffer)]);
}

const sample = (name, values, descr) => ({
  name,
  bytes: npy(values, descr),
  rows: tableFromArrays({ value: values }).batches.flatMap(rowsOf),
});
const numbers = (length, of = (index) => index * 1.5) => Float64Array.from({ length }, (_, index) => of(index));

describe('the minimal reader', () => {
  const samples = async () => [sample('many.npy', numbers(20_000), '<f8'), sample('few.npy', numbers(3), '<f8')];
  describeReader({ describe, it, expect }, { makeReader: createMinimalReader, samples });
});

describe('the reader with all abilities', () => {
  const samples = async () => [
    sample('many.npy', numbers(150_000), '<f8'),
    sample('integers.npy', Int32Array.of(1, -2, 3), '<i4'),
    sample('longs.npy', BigInt64Array.of(2n ** 62n, -5n), '<i8'),
  ];
  const unreadable = async () => [
    { name: 'complex', bytes: npy(numbers(2), '<c8') },
    { name: 'longer than it says', bytes: Buffer.concat([npy(numbers(2), '<f8'), Buffer.of(0)]) },
    { name: 'of the future', bytes: npy(numbers(2), '<f8').fill(3, 6, 7) },
  ];
  describeReader({ describe, it, expect }, { makeReader: createReader, samples, unreadable });

  it('names its column by its options, and warns where a label is lost', async () => {
    const file = memoryFile('/a.npy', npy(Uint8Array.of(0, 1), '|b1'));
    const survey = await createReader({ column: 'spoken' }).survey(file);
    expect(survey.columns[0].path).toEqual(['spoken']);
    expect(survey.warnings).toEqual([expect.stringContaining('Booleans')]);
    expect(() => createReader({ column: 1 })).toThrow('must be a text');
  });
});

describe('docs/guides/write-a-reader.md', () => {
  const page = readPage('docs/guides/write-a-reader.md');
  const folder = new URL('../examples/', import.meta.url);
  const examples = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));

  it('shows the minimal reader as it is tested here', () => {
    expect(codeBlocks(page, 'js')[0]).toBe(readFileSync(new URL('minimal-reader.mjs', folder), 'utf8'));
  });

  it('shows nothing else that is not in a tested example', () => {
    const others = codeBlocks(page, 'js').slice(1);
    const known = (line) => examples.some((text) => text.includes(line.trim()));
    expect(others.flatMap((block) => block.split('\n').filter((line) => !known(line)))).toEqual([]);
    expect(others.length).toBeGreaterThan(2);
  });

  it('shows a recipe that runs a whole job', async () => {
    const { parse } = await import('yaml');
    const recipe = parse(codeBlocks(page, 'yaml')[0]);
    await withFolder(async (base) => {
      for (const [index, values] of [numbers(1000), numbers(500, (row) => -row)].entries()) {
        mkdirSync(join(base, 'scores', `0000${index}`), { recursive: true });
        writeFileSync(join(base, 'scores', `0000${index}`, 'data.npy'), npy(values, '<f8'));
      }
      // The command line finds `./npy-reader.mjs` beside the recipe; a program gives the URL itself.
      const [reader] = recipe.plugins.readers;
      expect(reader.specifier).toBe('./npy-reader.mjs');
      reader.specifier = new URL('npy-reader.mjs', folder).href;
      const report = await run(recipeSchema.parse(recipe), jobOptions(base));
      expect([report.rows, report.shards.length, report.lost]).toEqual([1500, recipe.shards, []]);
      const connection = await openDuckDB();
      const files = sqlText(join(base, recipe.output, '*.parquet'));
      const rows = await queryRows(connection, `SELECT sum(score)::BIGINT AS sum FROM read_parquet(${files})`);
      connection.closeSync();
      expect(JSON.stringify(Object.values(rows[0]).map(String))).toBe(
        `["${(1.5 * 1000 * 999) / 2 - (500 * 499) / 2}"]`,
      );
    });
  });
});
