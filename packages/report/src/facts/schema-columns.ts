import { schemaFromBytes, typeText } from '@riffle/columnar';
import type { Manifest } from '@riffle/core';
import type { DataType, Schema } from 'apache-arrow';

/** The output's schema, or undefined if the manifest's bytes are none. */
export function schemaOf({ plan }: Pick<Manifest, 'plan'>): Schema | undefined {
  try {
    return schemaFromBytes(Buffer.from(plan.treaty, 'base64'));
  } catch {
    // The bytes come from a file that anybody may have written.
    return undefined;
  }
}

/** Names and types of the output's columns. */
export function schemaColumns(
  manifest: Pick<Manifest, 'plan'>,
): readonly { readonly name: string; readonly type: string }[] | undefined {
  return schemaOf(manifest)?.fields.map(({ name, type }) => ({ name, type: typeText(type as DataType) }));
}
