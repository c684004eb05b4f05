import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, withoutCode } from './pages.mjs';

/** Written by `npm run bench`: there or not. */
const OPTIONAL = join(ROOT, 'docs/benchmarks.md');

/** What is wrong with the links and file names of a page, as sentences. `page` is relative to the root. */
export function brokenLinks(page, text) {
  const prose = withoutCode(text);
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]);
  const names = [...prose.matchAll(/`((?:packages|tools|docs|src|test|examples)\/[^`\s]*)`/g)].map((match) => match[1]);
  return [
    ...links.flatMap((link) => (isElsewhere(link) ? [] : judgeLink(page, text, link))),
    ...names.flatMap((name) => (/[*<>{}…]/.test(name) ? [] : judgeName(page, name))),
  ];
}

function isElsewhere(link) {
  return /^[a-z][a-z0-9+.-]*:/i.test(link);
}

function judgeLink(page, text, link) {
  const [path, anchor] = link.split('#');
  const target = path === '' ? undefined : join(ROOT, dirname(page), decodeURI(path));
  if (target === OPTIONAL && !existsSync(target)) return [];
  if (target !== undefined && !existsSync(target)) return [`${page}: the link to ${link} leads nowhere`];
  if (anchor === undefined) return [];
  if (target !== undefined && !target.endsWith('.md')) return [];
  const content = target === undefined ? text : readFileSync(target, 'utf8');
  return headings(content).includes(anchor) ? [] : [`${page}: there is no heading for ${link}`];
}

/** A name starts at the root, or at the package's own folder; elsewhere `src/…` could be of any package. */
function judgeName(page, name) {
  const own = /^(?:packages|tools)\/[^/]+\//.exec(page)?.[0];
  if (own === undefined && /^(?:src|test|examples)\//.test(name)) return [];
  // What is built is there only after it was.
  if (name.includes('/dist/')) return [];
  const exists = [name, `${own ?? ''}${name}`].some((path) => existsSync(join(ROOT, path)));
  const isFolder = name.endsWith('/');
  if (exists && isFolder && ![name, `${own ?? ''}${name}`].some((path) => isDirectory(join(ROOT, path))))
    return [`${page}: ${name} is no folder`];
  return exists ? [] : [`${page}: there is no ${name}`];
}

function isDirectory(path) {
  return existsSync(path) && statSync(path).isDirectory();
}

/** Anchors of a page's headings, as GitHub makes them. */
function headings(text) {
  return [...withoutCode(text).matchAll(/^#+ +(.*)$/gm)].map((match) =>
    match[1]
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
