import { posix } from 'node:path';

/** Folders in the order in which a reader needs them. One that is not listed stands behind them under its own name. */
const SECTIONS = {
  guides: 'Guides',
  reference: 'Reference',
  explanation: 'Explanation',
  decisions: 'Decisions',
  packages: 'Packages',
  tools: 'Tools',
};

/** The names of these say nothing, or too much, in a list. */
const TITLES = { 'index.md': 'All pages', 'readme.md': 'README' };

/**
 * The list at the side: a section for every folder of pages; within it the order of the map, `docs/index.md`, then by name.
 *
 * @param {Map<string, string>} texts Text by the page's path in the site.
 */
export function sidebar(texts) {
  const map = texts.get('index.md') ?? '';
  const place = (path) => {
    const found = map.indexOf(`](./${path}`);
    return found < 0 ? Number.MAX_SAFE_INTEGER : found;
  };
  const sorted = [...texts.keys()].toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  const entries = (folder) =>
    sorted
      .filter((path) => folderOf(path) === folder)
      .map((path) => ({ text: TITLES[path] ?? titleOf(texts.get(path), path), link: `/${path.replace(/\.md$/, '')}` }));
  const folders = [...new Set([...Object.keys(SECTIONS), ...sorted.map(folderOf).filter((name) => name !== '')])];
  return [
    { text: 'Riffle', items: entries('') },
    ...folders
      .map((folder) => ({
        text: SECTIONS[folder] ?? folder,
        collapsed: ['decisions', 'packages', 'tools'].includes(folder),
        items: entries(folder),
      }))
      .filter(({ items }) => items.length > 0),
  ];
}

function folderOf(path) {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function titleOf(text, path) {
  return (/^# +(.+)$/m.exec(text)?.[1] ?? path).replaceAll('`', '');
}
