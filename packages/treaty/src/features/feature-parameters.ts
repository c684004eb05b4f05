import type { JsonValue } from '@riffle/core';
import type { Feature } from './feature.ts';

/** Parameters at their default say nothing: older versions of `datasets` write them, newer ones leave them out. */
const defaults: ReadonlyMap<string, JsonValue> = new Map([
  ['decode', true],
  ['mono', true],
]);

/** What a feature says beside its defaults and its `id`, which `datasets` makes nothing of. */
export function featureParameters(feature: Feature): Record<string, JsonValue> {
  const entries = Object.entries(feature as Record<string, JsonValue>);
  return Object.fromEntries(
    entries.filter(([key, value]) => value !== null && key !== 'id' && defaults.get(key) !== value),
  );
}
