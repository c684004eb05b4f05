import { readFeature, type Feature } from './feature.ts';

/** How features spell lists: `Sequence`, or a JSON list of one feature, before `datasets` 4; `List` since. */
function spellings(feature: Feature): readonly ('older' | 'newer')[] {
  const read = readFeature(feature);
  switch (read.kind) {
    case 'list': {
      const below = read.element === undefined ? [] : spellings(read.element);
      if (read.spelling === 'LargeList') return below;
      return [read.spelling === 'List' ? 'newer' : 'older', ...below];
    }
    case 'struct':
      return [...(read.sequence ? (['older'] as const) : []), ...[...read.fields.values()].flatMap(spellings)];
    default:
      return [];
  }
}

/**
 * Whether lists are to be spelled as `datasets` before version 4 does. Those versions refuse `List`, later ones understand all spellings: so only where a
 * source says `List` and none is older.
 */
export function wantOlderLists(features: readonly Feature[]): boolean {
  const said = new Set(features.flatMap(spellings));
  return said.has('older') || !said.has('newer');
}
