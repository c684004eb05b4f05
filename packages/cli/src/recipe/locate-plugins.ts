import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Recipe } from '@riffle/core';
import { firstPartyPlugin, type FirstPartyRole } from '../plugins.ts';

type Plugins = Recipe['plugins'];
type Reference = NonNullable<Plugins['writer']>;

/** Roles of one plugin of which Riffle has several by short names. */
const shortNamesOf: Readonly<Record<string, FirstPartyRole | undefined>> = { writer: 'writers', layout: 'layouts' };

/**
 * Turns the specifiers of a recipe's plugins into what any thread can import: the short names of Riffle's own formats and layouts; `./reader.mjs` and packages,
 * which are looked for from the recipe's folder, not from Riffle's own. A specifier that leads nowhere stays as it is, for the error to name.
 */
export function locatePlugins(plugins: Plugins, baseFolder: string): Plugins {
  const locate = (reference: Reference, role?: FirstPartyRole): Reference => ({
    ...reference,
    specifier:
      (role && firstPartyPlugin(role, reference.specifier)) ?? locateSpecifier(reference.specifier, baseFolder),
  });
  const { readers, ...single } = plugins;
  return {
    ...(readers === undefined ? {} : { readers: readers.map((reference) => locate(reference, 'readers')) }),
    ...Object.fromEntries(
      Object.entries(single).flatMap(([role, reference]) =>
        reference === undefined ? [] : [[role, locate(reference, shortNamesOf[role])]],
      ),
    ),
  };
}

/** What Node can import, of a path, a package, or a URL; where it leads nowhere, as it is. */
export function locateSpecifier(specifier: string, baseFolder: string): string {
  if (isAbsolute(specifier) || /^\.{1,2}[/\\]/.test(specifier))
    return pathToFileURL(resolve(baseFolder, specifier)).href;
  if (URL.canParse(specifier)) return specifier;
  try {
    return pathToFileURL(createRequire(join(baseFolder, 'recipe')).resolve(specifier)).href;
  } catch {
    return specifier;
  }
}
