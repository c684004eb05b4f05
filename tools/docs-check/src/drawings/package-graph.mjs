import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../pages.mjs';

/** What each package uses of the others when it runs, by name without the scope; as in the package.json files. */
export function packageGraph() {
  const names = readdirSync(join(ROOT, 'packages')).toSorted();
  return new Map(
    names.map((name) => {
      const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'));
      const own = Object.keys(dependencies).flatMap((key) => (key.startsWith('@riffle/') ? [key.slice(8)] : []));
      return [name, own.filter((other) => names.includes(other)).toSorted()];
    }),
  );
}

/** The graph without what follows from the rest: if a uses b and b uses c, the line from a to c says nothing new. */
export function withoutShortcuts(graph) {
  const reaches = (from, to) => graph.get(from).some((next) => next === to || reaches(next, to));
  return new Map(
    [...graph].map(([name, used]) => [
      name,
      used.filter((other) => !used.some((between) => between !== other && reaches(between, other))),
    ]),
  );
}

/** How far each package is from one that uses none: the length of the longest way. */
export function heights(graph) {
  const heightOf = (name) => Math.max(-1, ...graph.get(name).map(heightOf)) + 1;
  return new Map([...graph.keys()].map((name) => [name, heightOf(name)]));
}
