import type { Finding, Manifest, Storage } from '@riffle/core';
import { digestOf, isIndexName } from '../publishing/index-files.ts';

/** Compares the files beside the shards with the manifest. */
export async function checkIndex(
  storage: Storage,
  output: string,
  extension: string,
  { receipt: { index = [] } }: Manifest,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { file, bytes, sha256 } of index) {
    if (!isIndexName(file, extension)) {
      const message = `The manifest names ${JSON.stringify(file)} as a file beside the shards, which none can be called.`;
      findings.push({ file: '.riffle/manifest.json', code: 'manifest', message });
      continue;
    }
    const entry = await storage.stat(storage.join(output, file));
    if (entry?.kind !== 'file') {
      findings.push({ file, code: 'missing', message: `${file} is not there.` });
      continue;
    }
    if (entry.size !== bytes) {
      const message = `${file} has ${entry.size} bytes instead of ${bytes}.`;
      findings.push({ file, code: 'bytes', message, found: entry.size });
      continue;
    }
    const found = await digestOf(storage, storage.join(output, file), bytes);
    if (found !== sha256) {
      const message = `${file} has the sha256 ${found} instead of ${sha256}: its bytes were changed.`;
      findings.push({ file, code: 'sha256', message, ...(found === undefined ? {} : { found }) });
    }
  }
  return findings;
}
