import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recipeSchema } from '@riffle/core/recipe';
import { run } from '@riffle/pipeline';
import { describeWriter, openDuckDB, queryRows, rowsOf, sqlText } from '@riffle/testkit';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createWriter from '../examples/framed-writer.mjs';
import createMinimalWriter from '../examples/minimal-writer.mjs';
import { codeBlocks, readPage } from '../src/pages.mjs';
import { jobOptions } from '../src/real-run.mjs';
import { withFolder } from '../src/run-example.mjs';

/** The rows of a framed file, read by apache-arrow alone. */
async function readBack(bytes) {
  const rows = [];
  const file = Buffer.from(bytes);
  for (let at = 0; at < file.length;) {
    const end = at + 8 + file.readUInt32LE(at);
    rows.push(...tableFromIPC(file.subarray(at + 8, end)).batches.flatMap(rowsOf));
    at = end;
  }
  return rows;
}

describe('the minimal writer', () => {
  describeWriter({ describe, it, expect }, { makeWriter: createMinimalWriter, readBack });
});

describe('the writer with all abilities', () => {
  describeWriter({ describe, it, expect }, { makeWriter: () => createWriter({ frameBytes: 2000 }), readBack });

  it('says which option does not fit', () => {
    expect(() => createWriter({ frameBytes: 0 })).toThrow('frameBytes');
  });
});

describe('docs/guides/write-a-writer.md', () => {
  const page = readPage('docs/guides/write-a-writer.md');
  const folder = new URL('../examples/', import.meta.url);
  const examples = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));

  it('shows the minimal writer as it is tested here', () => {
    expect(codeBlocks(page, 'js')[0]).toBe(readFileSync(new URL('minimal-writer.mjs', folder), 'utf8'));
  });

  it('shows nothing else that is not in a tested example', () => {
    const others = codeBlocks(page, 'js').slice(1);
    const known = (line) => examples.some((text) => text.includes(line.trim()));
    expect(others.flatMap((block) => block.split('\n').filter((line) => !known(line)))).toEqual([]);
    expect(others.length).toBeGreaterThan(2);
  });

  it('shows a recipe that runs a whole job, and what comes out is read back', async () => {
    const { parse } = await import('yaml');
    const recipe = parse(codeBlocks(page, 'yaml')[0]);
    await withFolder(async (base) => {
      mkdirSync(join(base, 'numbers', '00000'), { recursive: true });
      const connection = await openDuckDB();
      const source = sqlText(join(base, 'numbers', '00000', 'data.parquet'));
      await queryRows(connection, `COPY (SELECT range AS id, 'text ' || range AS text FROM range(1000)) TO ${source}`);
      connection.closeSync();
      // The command line finds `./framed-writer.mjs` beside the recipe; a program gives the URL itself.
      const { readers, writer } = recipe.plugins;
      for (const plugin of [...readers, writer]) plugin.specifier = new URL(plugin.specifier, folder).href;
      const report = await run(recipeSchema.parse(recipe), jobOptions(base));
      expect([report.rows, report.shards.length, report.lost]).toEqual([1000, recipe.shards, []]);

      const output = join(base, recipe.output);
      const { shards } = JSON.parse(readFileSync(join(output, 'index.json'), 'utf8'));
      expect(shards.map(({ file, rows }) => [file, rows])).toEqual(report.shards.map(({ file, rows }) => [file, rows]));
      const written = await Promise.all(shards.map(({ file }) => readBack(readFileSync(join(output, file)))));
      const texts = written.flat().map(({ text }) => text);
      expect(new Set(texts).size).toBe(1000);
      expect(texts[0]).not.toBe('text 0');
    });
  });
});
