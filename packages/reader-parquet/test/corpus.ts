import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real Parquet files beside the project; a user's clone does not have them. */
const folder = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

export interface CorpusFile {
  /** Relative to the corpus. */
  readonly name: string;
  readonly location: string;
}

/** The corpus's files whose name matches; none, with one printed line, where the corpus is absent. */
export function corpusFiles(pattern: RegExp): CorpusFile[] {
  if (!existsSync(folder)) {
    process.stdout.write('Skipped: the tests on real files, since ../shared/corpus is not there.\n');
    return [];
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: relative(folder, join(entry.parentPath, entry.name)),
      location: join(entry.parentPath, entry.name),
    }))
    .filter(({ name }) => pattern.test(name))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
