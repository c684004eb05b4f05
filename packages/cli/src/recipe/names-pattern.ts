import { firstPartyPlugin } from '../plugins.ts';

/** A layout as a recipe names it, judged or not. */
interface LayoutValue {
  readonly specifier?: unknown;
  readonly options?: unknown;
}

/** What `--names` would say of a layout: its pattern, if it is the one of Riffle itself, by its short name or (in a recipe that runs) its URL. */
export function namesPattern(layout: LayoutValue | undefined): string | undefined {
  const { specifier, options } = layout ?? {};
  if (specifier !== 'pattern' && specifier !== firstPartyPlugin('layouts', 'pattern')) return undefined;
  const { pattern } = (options ?? {}) as { readonly pattern?: unknown };
  return typeof pattern === 'string' ? pattern : undefined;
}
