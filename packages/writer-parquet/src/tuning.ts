import { RiffleError, type JsonValue } from '@riffle/core';
import { defaultEncoding, encodingNumbers, type LeafEncoding } from './leaf-encoding.ts';
import type { Template } from './template.ts';

/** What `tune` returns: one entry a leaf, in the schema's order. */
export interface Tuning {
  readonly version: 1;
  readonly leaves: readonly (LeafEncoding & { readonly path: readonly string[] })[];
}

/** As JSON with sorted keys. */
export function tuningToJson(leaves: Tuning['leaves']): JsonValue {
  return { leaves: leaves.map(({ compressed, encoding, path }) => ({ compressed, encoding, path })), version: 1 };
}

function isLeaf(value: unknown): value is Tuning['leaves'][number] {
  const leaf = value as Partial<Tuning['leaves'][number]> | null;
  return (
    typeof leaf?.compressed === 'boolean' &&
    typeof leaf.encoding === 'string' &&
    leaf.encoding in encodingNumbers &&
    Array.isArray(leaf.path)
  );
}

/**
 * The encoding of every leaf: as tuned, or the default without a tuning.
 * @throws RiffleError INTERNAL if the tuning was not made for this schema.
 */
export function encodingsFrom(
  tuning: JsonValue | undefined,
  { leaves }: Pick<Template, 'leaves'>,
): readonly LeafEncoding[] {
  if (tuning === undefined || tuning === null) return leaves.map(() => defaultEncoding);
  const tuned: unknown = (tuning as { readonly leaves?: unknown }).leaves;
  const fits =
    Array.isArray(tuned) &&
    tuned.length === leaves.length &&
    tuned.every((entry, index) => isLeaf(entry) && JSON.stringify(entry.path) === JSON.stringify(leaves[index]!.path));
  if (!fits)
    throw new RiffleError(
      'INTERNAL',
      'The tuning handed to the Parquet writer was made for another schema; make a new plan.',
    );
  return (tuned as Tuning['leaves']).map(({ encoding, compressed }) => ({ encoding, compressed }));
}
