import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The saved results, one JSON file for each section. A result replaces the one of the same name, the others stay, and the file is written at once:
 * what was measured is not lost when the rest is interrupted or fails.
 * @param {string | undefined} folder Where the files are; without one, results are kept for this process only.
 */
export function openStore(folder) {
  const documents = {};
  const pathOf = (section) => join(folder, `${section}.json`);
  /** @returns {object[]} */
  const read = (section) => {
    documents[section] ??=
      folder !== undefined && existsSync(pathOf(section))
        ? JSON.parse(readFileSync(pathOf(section), 'utf8'))
        : { section, results: [] };
    return documents[section].results;
  };
  const keep = (section, result) => {
    const results = [...read(section).filter(({ name }) => name !== result.name), result];
    documents[section] = { section, results };
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(pathOf(section), `${JSON.stringify(documents[section], null, 2)}\n`);
  };
  return { read, keep };
}
