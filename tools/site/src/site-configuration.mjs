import { API } from './places.mjs';
import { sidebar } from './sidebar.mjs';

/** What stands above every page, as far as it is there. */
const NAVIGATION = [
  { text: 'Tutorial', link: '/tutorial' },
  { text: 'Command line', link: '/reference/command-line' },
  { text: 'How it works', link: '/architecture' },
  { text: 'All pages', link: '/' },
];

/** Pages that VitePress does not make, so that the browser has to go there. */
const API_REFERENCE = { text: 'Packages (API)', link: `/${API}/index.html`, target: '_self' };

/**
 * The configuration of VitePress, as text of a module that stands in the stage: nothing in it loads anything from a network.
 *
 * @param {Map<string, string>} texts Text by the page's path in the site.
 * @param {string} output The folder of the site.
 */
export function siteConfiguration(texts, output) {
  const values = {
    title: 'Riffle',
    description: 'Merges collections of Parquet shards, shuffles all rows globally, and writes even, verified shards.',
    lang: 'en',
    outDir: output,
    appearance: true,
    // What a page links to and the site does not have fails the build.
    ignoreDeadLinks: false,
    head: [['link', { rel: 'icon', href: 'data:,' }]],
    themeConfig: {
      outline: [2, 3],
      nav: [
        ...NAVIGATION.filter(({ link }) => texts.has(`${link === '/' ? '/index' : link}.md`.slice(1))),
        API_REFERENCE,
      ],
      sidebar: sidebar(texts),
    },
  };
  return `const values = ${JSON.stringify(values, undefined, 2)};
${githubAnchor}
export default {
  ...values,
  markdown: { anchor: { slugify: githubAnchor } },
  themeConfig: {
    ...values.themeConfig,
    search: { provider: 'local' },
  },
};
`;
}

/** Anchors of headings as GitHub makes them, since the pages are read there, too. */
export function githubAnchor(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replace(/\s/g, '-');
}
