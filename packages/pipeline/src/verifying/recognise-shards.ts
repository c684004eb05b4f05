import type { Finding, OutputShardReceipt } from '@riffle/core';

/** What follows from a shard holding another's rows, and need not be told beside it. */
const explained = new Set<Finding['code']>(['bytes', 'sha256', 'rows', 'fingerprint']);

/**
 * Where a shard holds what the manifest says of another, says so instead of how it differs: it was swapped with the other,
 * or the other was copied over it.
 */
export function recogniseShards(
  findings: readonly Finding[],
  outputs: readonly OutputShardReceipt[],
): readonly Finding[] {
  const byFingerprint = new Map(outputs.map(({ file, fingerprint }) => [fingerprint, file]));
  const holds = new Map<string, string>();
  for (const { file, code, found } of findings) {
    const other = code === 'fingerprint' && typeof found === 'string' ? byFingerprint.get(found) : undefined;
    if (other !== undefined && other !== file) holds.set(file, other);
  }
  const told = new Set<string>();
  return findings.flatMap((finding): readonly Finding[] => {
    const { file } = finding;
    const other = holds.get(file);
    if (other === undefined || !explained.has(finding.code)) return [finding];
    if (told.has(file)) return [];
    told.add(file);
    const consequence =
      holds.get(other) === file ? `, which holds those of ${file}: the two were swapped` : ', not its own';
    return [
      {
        file,
        code: 'misplaced',
        message: `${file} holds the rows that the manifest says are in ${other}${consequence}.`,
        found: other,
      },
    ];
  });
}
