import type { Field } from 'apache-arrow';
import type { SourceSchema } from '../source-schema.ts';
import type { Feature } from '../features/feature.ts';
export function mergeMetadata(
  _sources: readonly SourceSchema[],
  _columns: readonly { field: Field; feature: Feature | undefined }[],
): { metadata: Map<string, string>; warnings: string[] } {
  return { metadata: new Map(_sources.length === 1 ? _sources[0]!.schema.metadata : []), warnings: [] };
}
