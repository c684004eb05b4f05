import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * The pages of the site: from the path in the repository to the path in the site, both with `/`. All of `docs` stands at the root of the site; the
 * READMEs of the repository, its packages and its tools become pages of their own.
 *
 * @param {string} root The repository.
 * @returns {Map<string, string>}
 */
export function sitePages(root) {
  const documents = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const readmes = ['packages', 'tools'].flatMap((folder) =>
    (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [])
      .map((name) => `${folder}/${name}`)
      .filter((path) => existsSync(join(root, path, 'README.md'))),
  );
  return new Map([
    ...documents.map((path) => [path, path.slice('docs/'.length)]),
    ['README.md', 'readme.md'],
    ...readmes.map((path) => [`${path}/README.md`, `${path}.md`]),
  ]);
}
