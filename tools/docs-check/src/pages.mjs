import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Every page of documentation, relative to the root, with `/`: the README, all of `docs`, and the README of every package and tool. */
export function allPages() {
  const below = (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const readmes = (folder) =>
    readdirSync(join(ROOT, folder)).flatMap((name) =>
      readdirSync(join(ROOT, folder, name)).includes('README.md') ? [`${folder}/${name}/README.md`] : [],
    );
  return ['README.md', ...below('docs'), ...readmes('packages'), ...readmes('tools')];
}

export function readPage(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The content of fenced blocks in one language, in order. */
export function codeBlocks(text, language) {
  return [...text.matchAll(/^```(\S*)\n(.*?)^```$/gms)]
    .filter((match) => match[1] === language)
    .map((match) => match[2]);
}

/** The page without its fenced and indented code. */
export function withoutCode(text) {
  return text.replace(/^```.*?^```$/gms, '').replace(/^(?: {4}|\t).*$/gm, '');
}

/** The rows of the first table whose header starts with `first`: cells without the backquotes around code. */
export function tableRows(text, first) {
  const lines = text.split('\n');
  const cells = (line) =>
    line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) =>
        cell
          .trim()
          .replace(/\\\|/g, '|')
          .replace(/^`([^`]*)`$/, '$1'),
      );
  const header = lines.findIndex((line) => line.startsWith('|') && cells(line)[0] === first);
  if (header < 0) throw new Error(`The page has no table whose first column is "${first}".`);
  const end = lines.findIndex((line, index) => index > header && !line.startsWith('|'));
  return lines.slice(header + 2, end < 0 ? undefined : end).map(cells);
}

/**
 * Puts `content` where the page says `<!-- name -->` … `<!-- /name -->`. Writes the page, except in CI, where a page
 * that is behind must fail. Returns the page as it was and as it should be.
 */
export function keepSection(path, name, content) {
  const before = readPage(path);
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`${path} has no part between ${open} and ${close}.`);
  const after = `${before.slice(0, start)}${open}\n\n${content.trim()}\n\n${before.slice(end)}`;
  if (after !== before && process.env.CI === undefined) writeFileSync(join(ROOT, path), after);
  return { before, after };
}
