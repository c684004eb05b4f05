import type { Feature } from './feature.ts';
export function parseFeatures(_metadata: ReadonlyMap<string, string>): {
  features: ReadonlyMap<string, Feature>;
  warning?: string;
} {
  return { features: new Map() };
}
