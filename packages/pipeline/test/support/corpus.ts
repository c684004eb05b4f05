import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareUtf8 } from '../../src/survey/find-files.ts';

/** Real Parquet files beside the project; a user's clone does not have them. */
const corpus = fileURLToPath(new URL('../../../../../shared/corpus', import.meta.url));

/** A folder of the corpus, or undefined, with one printed line, where the corpus is absent. */
export function corpusFolder(name: string): string | undefined {
  const folder = join(corpus, name);
  if (existsSync(folder)) return folder;
  process.stdout.write(`Skipped: the tests on ${name}, since ../shared/corpus is not there.\n`);
  return undefined;
}

/** Files below a folder whose relative path ends so, in order; none without a folder. */
export function filesBelow(folder: string | undefined, ending: string): string[] {
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted(compareUtf8);
}
