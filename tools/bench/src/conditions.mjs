import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { firstRow, openDuckDB } from './duckdb.mjs';
import { ROOT } from './engines/engine.mjs';
import { versionsOf } from './engines/python.mjs';

/**
 * Under what results came about; each result carries it. The load is that before the start: later it is the bench's own.
 * @param {string} command
 * @param {string | undefined} python
 */
export async function describeConditions(command, python) {
  const connection = await openDuckDB();
  const { version } = await firstRow(connection, 'SELECT version() AS version');
  connection.closeSync();
  const { version: riffle } = JSON.parse(readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8'));
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    command,
    load: Number(loadavg()[0].toFixed(1)),
    machine: `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${type()} ${release()}`,
    versions: [
      `Riffle ${riffle}`,
      `Node ${process.version.slice(1)}`,
      `DuckDB ${version.slice(1)}`,
      versionsOf(python, ['datasets', 'pyarrow', 'polars']),
    ]
      .filter(Boolean)
      .join(', '),
  };
}

/** Short, with a plus if files that git knows have changed since. */
function commit() {
  const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'packages', 'tools/bench');
    return `${git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : '+'}`;
  } catch {
    return 'unknown';
  }
}
