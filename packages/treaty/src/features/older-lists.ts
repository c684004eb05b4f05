import { readFeature, type Feature } from './feature.ts';

/**
 * Whether a feature spells lists as `datasets` before version 4 does: `Sequence`, or a JSON list of one feature. Those versions refuse `List`; later ones
 * understand all spellings.
 */
export function hasOlderLists(feature: Feature): boolean {
  const read = readFeature(feature);
  switch (read.kind) {
    case 'list':
      if (read.spelling === 'Sequence' || read.spelling === '') return true;
      return read.element !== undefined && hasOlderLists(read.element);
    case 'struct':
      return read.sequence || [...read.fields.values()].some(hasOlderLists);
    default:
      return false;
  }
}
