import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rewriteLinks } from './rewrite-links.mjs';
import { sitePages } from './site-pages.mjs';
import { sourceText } from './source-text.mjs';

/**
 * Puts together what VitePress builds from: every page with its links as they are in the site, the files that pages link to, and pictures.
 *
 * @param {string} root The repository.
 * @param {string} stage The folder for it; emptied first.
 * @returns {Map<string, string>} Text by the page's path in the site.
 */
export function stagePages(root, stage) {
  rmSync(stage, { recursive: true, force: true });
  const pages = sitePages(root);
  const texts = new Map();
  const files = new Set();
  for (const [page, path] of pages) {
    const rewritten = rewriteLinks({ root, page, text: readFileSync(join(root, page), 'utf8'), pages });
    texts.set(path, rewritten.text);
    for (const file of rewritten.files) files.add(file);
    for (const image of rewritten.images) put(image.replace(/^docs\//, ''), readFileSync(join(root, image)));
  }
  // VitePress takes what is in `public` as it is.
  for (const file of files) put(join('public', 'source', `${file}.txt`), sourceText(root, file));
  for (const [path, text] of texts) put(path, text);
  return texts;

  function put(path, content) {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    writeFileSync(join(stage, path), content);
  }
}
