// `npm run examples [PAGE…]`: runs the examples of the pages and writes what they print into the pages.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_PAGES } from './src/examples/example-pages.mjs';
import { runPage } from './src/examples/run-page.mjs';
import { makeWorld } from './src/examples/world.mjs';
import { readPage, ROOT } from './src/pages.mjs';

const asked = process.argv.slice(2);
for (const page of asked.length > 0 ? asked : EXAMPLE_PAGES) {
  const world = await makeWorld();
  try {
    const before = readPage(page);
    const { text, ran, skipped } = await runPage(before, world);
    writeFileSync(join(ROOT, page), text);
    console.log(
      `${page}: ${ran} examples ran, ${skipped} were skipped; ${text === before ? 'as it was' : 'written anew'}`,
    );
  } finally {
    world.remove();
  }
}
