import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipeSchema } from '@riffle/core/recipe';
import { openDuckDB, sqlText } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { codeBlocks, keepSection, readPage } from '../src/pages.mjs';
import { withFolder } from '../src/run-example.mjs';

const PATH = 'docs/guides/collections-that-differ.md';
const RIFFLE = fileURLToPath(new URL('../../../packages/cli/bin/riffle.mjs', import.meta.url));
const page = readPage(PATH);

const collections = {
  tts: "SELECT i::INTEGER AS id, 'text ' || i AS text, [i % 1024, 7]::SMALLINT[] AS tokens, {'name': 'ann'} AS speaker, 'en' AS language FROM range(60) t(i)",
  asr: "SELECT 'text ' || i AS text, (i * 10000000000)::BIGINT AS id, [i]::INTEGER[] AS tokens, {'name': 'bob', 'age': 30::UTINYINT} AS speaker FROM range(40) t(i)",
};
const conflicting = "SELECT i::VARCHAR AS id, TIMESTAMPTZ '2026-01-01 00:00:00+00' AS recorded FROM range(5) t(i)";
const other = "SELECT i::INTEGER AS id, TIMESTAMP '2026-01-01 00:00:00' AS recorded FROM range(5) t(i)";

function riffle(folder, ...words) {
  const environment = { ...process.env, FORCE_COLOR: '0' };
  return new Promise((done) => {
    execFile(process.execPath, [RIFFLE, ...words], { cwd: folder, env: environment }, (error, stdout, stderr) =>
      done({ status: error?.code ?? 0, stdout, stderr }),
    );
  });
}

async function write(folder, queries) {
  const duckdb = await openDuckDB();
  for (const [name, query] of Object.entries(queries)) {
    mkdirSync(join(folder, name));
    await duckdb.run(`COPY (${query}) TO ${sqlText(join(folder, name, '0.parquet'))} (FORMAT parquet)`);
  }
  duckdb.closeSync();
}

const inputs = (...names) => names.flatMap((name) => ['--input', `${name}=${name}`]);
const job = ['--output', 'out', '--shards', '2', '--memory', '1GB'];

describe('docs/guides/collections-that-differ.md', () => {
  let plan;
  let conflict;
  let saved;
  let rerun;
  beforeAll(async () => {
    await withFolder(async (folder) => {
      await write(folder, collections);
      plan = await riffle(folder, 'plan', ...inputs('tts', 'asr'), ...job, '--save-recipe', 'agreed.yaml');
      saved = readFileSync(join(folder, 'agreed.yaml'), 'utf8');
      rerun = await riffle(folder, 'run', 'agreed.yaml', '--workers', '1');
    });
    await withFolder(async (folder) => {
      await write(folder, { lib: other, web: conflicting });
      conflict = await riffle(folder, 'run', ...inputs('lib', 'web'), ...job);
    });
  }, 60_000);

  it('shows what riffle plan says of its example', () => {
    expect(plan.status).toBe(0);
    const table = /^(\d+ columns,.*?)\n\n/ms.exec(plan.stderr)[1];
    const { before, after } = keepSection(PATH, 'plan', `\`\`\`text\n${table}\n\`\`\``);
    expect(before).toBe(after);
  });

  it('shows the error of its example', () => {
    expect(conflict.status).toBe(1);
    const text = /^riffle: (.*columns differ in meaning.*?^ {2}columns: [^\n]*)\n {2}[A-Z]/ms.exec(conflict.stderr)[1];
    const { before, after } = keepSection(PATH, 'conflict', `\`\`\`text\n${text}\n\`\`\``);
    expect(before).toBe(after);
  });

  it('saves what was agreed as a recipe that asks nothing', () => {
    const recipe = recipeSchema.parse(parse(saved));
    expect(recipe.columns.select).toEqual(['id', 'text', 'tokens', 'speaker', 'language']);
    expect(rerun.status).toBe(0);
    expect(recipe.columns.cast.tokens).toBe('list<int32>');
  });

  it('has a recipe that is one, and names every rule', () => {
    const { columns } = recipeSchema.parse(parse(codeBlocks(page, 'yaml')[0]));
    for (const rule of Object.keys(columns)) expect(page).toContain(`| \`${rule}\` |`);
    expect(page).toContain('| `select` |');
  });
});
