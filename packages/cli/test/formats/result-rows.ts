import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryRows, sqlText, type openDuckDB } from '@riffle/testkit';
import { tableFromIPC } from 'apache-arrow';
import { rowsOfMds } from './mds-shard.ts';
import type { Row } from './rows.ts';
import { filesOf } from './tar-archive.ts';

type DuckDB = Awaited<ReturnType<typeof openDuckDB>>;

async function byDuckDB(duckdb: DuckDB, source: string): Promise<Row[]> {
  const found = await queryRows(duckdb, `SELECT id, score, text FROM ${source}`);
  return found.map(({ id, score, text }) => ({ id: Number(id), score: score as number, text: text as string | null }));
}

const byArrow = (bytes: Buffer): Row[] =>
  tableFromIPC(bytes)
    .toArray()
    .map(({ id, score, text }) => ({ id: Number(id), score, text }));

/** As the writer makes samples of such columns: `id` and `text` are members, and the rest is an object. */
function bySamples(archive: Buffer): Row[] {
  const rows = new Map<string, { -readonly [Name in keyof Row]?: Row[Name] }>();
  for (const [name, bytes] of filesOf(archive)) {
    const [key, ending] = name.split('.') as [string, string];
    if (!rows.has(key)) rows.set(key, { text: null });
    const row = rows.get(key)!;
    const text = bytes.toString();
    if (ending === 'id') row.id = Number(text);
    else if (ending === 'text') row.text = text;
    else if (ending === 'json') row.score = (JSON.parse(text) as { score: number }).score;
    else throw new Error(`A member is called ${name}.`);
  }
  return [...rows.values()] as Row[];
}

/** The rows of the shards of a result, in order, as programs other than Riffle read them. */
export async function resultRows(duckdb: DuckDB, output: string, files: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const file of files) {
    const path = join(output, file);
    const ending = file.slice(file.indexOf('.'));
    if (ending === '.parquet') rows.push(...(await byDuckDB(duckdb, `read_parquet(${sqlText(path)})`)));
    else if (ending.startsWith('.jsonl')) {
      const columns = `{ id: 'BIGINT', score: 'DOUBLE', text: 'VARCHAR' }`;
      rows.push(...(await byDuckDB(duckdb, `read_json(${sqlText(path)}, columns=${columns})`)));
    } else if (ending === '.arrow') rows.push(...byArrow(readFileSync(path)));
    else if (ending === '.tar') rows.push(...bySamples(readFileSync(path)));
    else if (ending === '.mds') rows.push(...rowsOfMds(readFileSync(path)));
    else throw new Error(`No rows are read from ${file}.`);
  }
  return rows;
}
