import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Fenced blocks and code in a line: what looks like a link there is none. */
const CODE = /^ *```[^]*?^ *```$|^(?: {4}|\t).*$|`[^`\n]*`/gm;
const LINK = /(!?\[(?:[^\]\\]|\\.)*\]\()([^)\s]+)(\))/g;

/**
 * A page as it stands in the site: links that lead to other pages lead to their places there; those to files of the repository lead to a copy
 * of the file as plain text, so that everything can be read without a network.
 *
 * @param {{ root: string, page: string, text: string, pages: Map<string, string> }} input `page` is its path in the repository.
 * @returns {{ text: string, files: string[], images: string[] }} The files that are linked and the pictures that are shown, by their paths in the repository.
 * @throws Error if a link leads nowhere.
 */
export function rewriteLinks({ root, page, text, pages }) {
  const files = new Set();
  const images = new Set();
  const from = posix.dirname(pages.get(page));
  const rewrite = (all, before, link, after) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith('#')) return all;
    const [path, anchor] = link.split('#');
    const target = posix.normalize(posix.join(posix.dirname(page), decodeURI(path))).replace(/\/$/, '');
    if (target.startsWith('..') || !existsSync(join(root, target)))
      throw new Error(`${page}: the link to ${link} leads nowhere`);
    const readme = `${target}/README.md`;
    const isFolder = statSync(join(root, target)).isDirectory();
    const own = pages.get(isFolder ? readme : target);
    if (own !== undefined) return linkTo(own, anchor);
    if (before.startsWith('!')) {
      images.add(target);
      return `${before}${relativePath(from, target.replace(/^docs\//, ''))}${after}`;
    }
    files.add(target);
    return `${before}/source/${target}.txt${after}`;

    function linkTo(path, place) {
      return `${before}${relativePath(from, path)}${place === undefined ? '' : `#${place}`}${after}`;
    }
  };
  return { text: outsideOfCode(text, (prose) => prose.replace(LINK, rewrite)), files: [...files], images: [...images] };
}

function relativePath(from, to) {
  const path = posix.relative(from, to);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Applies a change to all that is no code. Links whose text is code are whole: the code in them is set aside first. */
function outsideOfCode(text, change) {
  const kept = [];
  const marked = text.replace(CODE, (code) => `\uE000${kept.push(code) - 1}\uE000`);
  return change(marked).replace(/\uE000(\d+)\uE000/g, (_, index) => kept[Number(index)]);
}
