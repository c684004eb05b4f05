import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../pages.mjs';

/** Colours by the reader's preference; a ground of its own, since a page may be of the other kind. */
const STYLE = `
  text { font: 14px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #22303a; }
  .ground { fill: #ffffff; } .box { fill: #eef4f2; stroke: #2b8a73; } .faint { fill: #f6f7f8; stroke: #8a98a3; }
  .line { stroke: #7b8b96; fill: none; stroke-width: 1.3; } .dots { stroke: #1f6f5c; stroke-width: 4; stroke-linecap: round; fill: none; }
  .small { font-size: 12px; fill: #5a6872; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4eaee; } .ground { fill: #1b1f23; } .box { fill: #20332e; stroke: #4fb399; } .faint { fill: #262b30; stroke: #75828c; }
    .line { stroke: #8b99a4; } .dots { stroke: #6fd0b6; } .small { fill: #a5b1ba; }
  }`;

/** A whole picture. `title` and `description` are read to those who do not see it. */
export function drawing({ width, height, title, description }, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<style>${STYLE}
</style>
<rect class="ground" width="${width}" height="${height}" rx="8"/>
${parts.join('\n')}
</svg>
`;
}

export function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Writes a picture into the docs, except in CI, where one that is behind must fail. Returns it as it was and as it should be. */
export function keepDrawing(path, after) {
  const file = join(ROOT, path);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (after !== before && process.env.CI === undefined) writeFileSync(file, after);
  return { before, after };
}
