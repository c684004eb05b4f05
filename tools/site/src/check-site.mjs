import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/**
 * Looks at every built page: what it links to is there, with its anchor, and nothing is loaded from elsewhere.
 *
 * @param {string} folder The built site.
 * @returns {{ pages: number, links: number, external: string[], problems: string[] }} `external`: addresses elsewhere, which are only looked at.
 */
export function checkSite(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const pages = new Map(
    names.filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  const anchors = new Map([...pages].map(([name, html]) => [name, new Set(matches(html, /\sid="([^"]+)"/g))]));
  const external = new Set();
  const problems = [];
  let links = 0;
  for (const [page, html] of pages) {
    // 404.html is made by the theme and is served for any address.
    if (page === '404.html') continue;
    for (const link of matches(html, /<a\s[^>]*?href="([^"]+)"/g)) {
      links += 1;
      const problem = judge(page, link);
      if (problem !== undefined) problems.push(`${page}: ${problem}`);
    }
    for (const address of matches(html, /<(?:script|img|link|iframe|source)\s[^>]*?(?:src|href)="([^"]+)"/g))
      if (/^(?:https?:)?\/\//.test(address)) problems.push(`${page}: it loads ${address} from the network`);
  }
  for (const name of names.filter((file) => file.endsWith('.css')))
    for (const address of matches(readFileSync(join(folder, name), 'utf8'), /url\(["']?((?:https?:)?\/\/[^)"']+)/g))
      problems.push(`${name}: it loads ${address} from the network`);
  return { pages: pages.size, links, external: [...external].toSorted(), problems };

  function judge(page, link) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) {
      external.add(link);
      return URL.canParse(link) ? undefined : `${link} is no address`;
    }
    const [path, anchor] = decodeURI(link).split('#');
    const target = path === '' ? page : fileOf(page, path);
    if (target === undefined) return `the link to ${link} leads nowhere`;
    if (anchor === undefined || anchor === '' || !anchors.has(target)) return undefined;
    return anchors.get(target).has(anchor) ? undefined : `there is no heading for ${link}`;
  }

  function fileOf(page, path) {
    const full = path.startsWith('/') ? path.slice(1) : posix.join(dirname(page), path);
    return [full, `${full}.html`, posix.join(full, 'index.html')].find(
      (name) => name !== '' && existsSync(join(folder, name)) && names.includes(name),
    );
  }
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1].replaceAll('&amp;', '&'));
}
