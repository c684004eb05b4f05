// `npm run docs`: builds the site from docs/ into tools/site/dist. `--serve` shows it afterwards on a local port.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, serve } from 'vitepress';
import { checkSite } from './src/check-site.mjs';
import { OUTPUT, ROOT, STAGE, THEME } from './src/places.mjs';
import { siteConfiguration } from './src/site-configuration.mjs';
import { stagePages } from './src/stage-pages.mjs';

const started = performance.now();
const texts = stagePages(ROOT, STAGE);
mkdirSync(join(STAGE, '.vitepress'), { recursive: true });
writeFileSync(join(STAGE, '.vitepress', 'config.mjs'), siteConfiguration(texts, OUTPUT));
cpSync(dirname(THEME), join(STAGE, '.vitepress', 'theme'), { recursive: true });
rmSync(OUTPUT, { recursive: true, force: true });
await build(STAGE);

const { pages, links, external, problems } = checkSite(OUTPUT);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
for (const problem of problems) console.error(problem);
console.log(
  `${pages} pages in ${seconds} s, ${links} links; ${external.length} addresses elsewhere, not visited:\n  ${external.join('\n  ')}\nThe site: ${OUTPUT}`,
);
if (problems.length > 0) process.exit(1);
if (process.argv.includes('--serve')) await serve({ root: STAGE });
