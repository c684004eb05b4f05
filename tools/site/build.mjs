// `npm run docs`: builds the site from docs/, with the reference of the packages from their sources, into tools/site/dist. `--serve` shows it afterwards on a local port.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, serve } from 'vitepress';
import { writeApiReference } from './src/api-reference.mjs';
import { checkSite } from './src/check-site.mjs';
import { API, OUTPUT, ROOT, STAGE, THEME } from './src/places.mjs';
import { siteConfiguration } from './src/site-configuration.mjs';
import { stagePages } from './src/stage-pages.mjs';

const started = performance.now();
const texts = stagePages(ROOT, STAGE);
mkdirSync(join(STAGE, '.vitepress'), { recursive: true });
writeFileSync(join(STAGE, '.vitepress', 'config.mjs'), siteConfiguration(texts, OUTPUT));
cpSync(dirname(THEME), join(STAGE, '.vitepress', 'theme'), { recursive: true });
rmSync(OUTPUT, { recursive: true, force: true });
await build(STAGE);

// The command line is a package, too, but none to import.
const names = readdirSync(join(ROOT, 'packages')).filter((name) => name !== 'cli');
const api = await writeApiReference(
  names.map((name) => join(ROOT, 'packages', name)),
  join(OUTPUT, API),
);

const { pages, links, external, problems: ofSite } = checkSite(OUTPUT);
const problems = [...api.problems, ...ofSite];
const seconds = ((performance.now() - started) / 1000).toFixed(1);
for (const problem of problems) console.error(problem);
console.log(
  `${pages} pages, with the reference of ${api.packages} packages, in ${seconds} s, ${links} links; ${external.length} addresses elsewhere, not visited:\n  ${external.join('\n  ')}\nThe site: ${OUTPUT}`,
);
if (problems.length > 0) process.exit(1);
if (process.argv.includes('--serve')) await serve({ root: STAGE });
