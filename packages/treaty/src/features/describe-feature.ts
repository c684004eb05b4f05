import type { Feature } from './feature.ts';
export function describeFeature(feature: Feature): string {
  return JSON.stringify(feature);
}
