import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '@riffle/core';
import { manifestDigest } from '../../src/publishing/make-manifest.ts';
import { readManifest } from './result.ts';

type Editable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Editable<Value[Key]> } : Value;
/** A manifest that a test may change. */
export type EditableManifest = Editable<Omit<Manifest, 'plan'>> & {
  // JSON within JSON has no end as a type.
  plan: Editable<Omit<Manifest['plan'], 'columns'>> & Pick<Manifest['plan'], 'columns'>;
};

/** @param sign makes the digest anew, as a careful forger would. */
export function editManifest(output: string, edit: (manifest: EditableManifest) => void, sign = false): void {
  const manifest = structuredClone(readManifest(output)) as EditableManifest;
  edit(manifest);
  if (sign) manifest.digest = manifestDigest(manifest);
  writeFileSync(join(output, '.riffle/manifest.json'), JSON.stringify(manifest));
}

/** Makes copies of a result below `folder`, spoiled. */
export function copier(folder: string, result: string) {
  let copies = 0;
  return (spoil: (output: string, shard: (number: number) => string) => void): string => {
    const output = join(folder, `copy-${copies++}`);
    cpSync(result, output, { recursive: true });
    spoil(output, (number) => join(output, `0000${number}.parquet`));
    return output;
  };
}
