import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepDrawing } from '../src/drawings/drawing.mjs';
import { packageDrawing } from '../src/drawings/package-drawing.mjs';
import { heights, packageGraph, withoutShortcuts } from '../src/drawings/package-graph.mjs';
import { shuffleDrawing } from '../src/drawings/shuffle-drawing.mjs';
import { readPage, ROOT, tableRows } from '../src/pages.mjs';

it.each([
  ['docs/packages.svg', () => packageDrawing(packageGraph())],
  ['docs/explanation/shuffles.svg', shuffleDrawing],
])('%s is as it is drawn', (path, draw) => {
  const { before, after } = keepDrawing(path, draw());
  expect(before).toBe(after);
});

it('no package uses what docs/architecture.md does not allow it', () => {
  const allowed = new Map(
    tableRows(readPage('docs/architecture.md'), 'package').map(([name, , , imports]) => [
      /packages\/([a-z-]+)/.exec(name)[1],
      imports.split(', '),
    ]),
  );
  const graph = packageGraph();
  for (const [name, used] of graph)
    expect([name, used.filter((other) => !allowed.get(name)?.includes(other))]).toEqual([name, []]);
  expect(graph.size).toBe(allowed.size);
});

it('boxes of the drawing lead to packages', () => {
  const links = [...packageDrawing(packageGraph()).matchAll(/href="\.\.\/([^"]+)"/g)].map((match) => match[1]);
  expect(links.length).toBe(packageGraph().size);
  expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it('a drawing leaves out what follows, and stands users above what they use', () => {
  const graph = new Map([
    ['a', ['b', 'c']],
    ['b', ['c']],
    ['c', []],
  ]);
  expect(withoutShortcuts(graph).get('a')).toEqual(['b']);
  expect([...heights(graph)]).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ]);
});
