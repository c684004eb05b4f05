import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the site shows for a file of the repository that a page links to: the file; for a folder, what is in it.
 *
 * @param {string} root The repository.
 * @param {string} path Of the file or folder in it.
 */
export function sourceText(root, path) {
  if (!statSync(join(root, path)).isDirectory()) return readFileSync(join(root, path));
  const names = readdirSync(join(root, path), { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();
  return `${path}/\n\n${names.map((name) => `  ${name}`).join('\n')}\n`;
}
