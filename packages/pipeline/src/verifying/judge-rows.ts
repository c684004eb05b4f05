import type { Finding } from '@riffle/core';
import { inputFinding } from './input-finding.ts';
import { fileKey, type ReceiptSurvey } from './receipt-survey.ts';
import type { RereadInputs } from './reread-inputs.ts';

const zero = '0'.repeat(32);

/** Shards of which every file could be read, by number. */
function wholeShards({ survey }: ReceiptSurvey, { bad }: RereadInputs): ReadonlySet<number> {
  const whole = new Set<number>();
  const shards = survey.collections.flatMap((collection) => collection.shards);
  for (const [number, { files }] of shards.entries()) {
    if (files.every(({ rows, fragments }) => rows === 0 || fragments.length > 0)) whole.add(number);
  }
  for (const { placed } of bad) whole.delete(placed.shard);
  return whole;
}

/** What could not be decoded, each file once. */
function unreadableFiles({ shards }: ReceiptSurvey, { bad }: RereadInputs): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const { placed, reason } of bad) {
    const { collection, path: shard } = shards[placed.shard]!;
    const { path } = placed.file;
    const says = `cannot be read: ${reason.replace(/\.$/, '')}`;
    const key = fileKey(collection, path);
    if (!findings.has(key)) findings.set(key, inputFinding({ collection, shard, path }, 'unreadable', says));
  }
  return [...findings.values()];
}

/**
 * Adds to `findings`, which are about files, what decoding them showed: which shards hold other rows than the receipt says, which cannot be read,
 * and which hold the same rows in other bytes.
 */
export function judgeRows(now: ReceiptSurvey, reread: RereadInputs, findings: readonly Finding[]): readonly Finding[] {
  const same = new Set<string>();
  const others: Finding[] = [];
  for (const number of wholeShards(now, reread)) {
    const receipt = now.shards[number];
    if (receipt === undefined) continue;
    const { collection, path: shard, fingerprint } = receipt;
    const found = reread.fingerprints.get(number) ?? zero;
    const says = `holds other rows than went into the result: fingerprint ${found} instead of ${fingerprint}`;
    if (found === fingerprint) same.add(fileKey(collection, shard));
    else others.push(inputFinding({ collection, shard }, 'fingerprint', says, found));
  }
  const judged = findings.map((finding) => {
    const { code, input, message } = finding;
    if (code !== 'bytes' || input?.shard === undefined || !same.has(fileKey(input.collection, input.shard)))
      return finding;
    return {
      ...finding,
      message: `${message.slice(0, -1)}; its shard still holds the same rows, by their fingerprint.`,
    };
  });
  return [...judged, ...unreadableFiles(now, reread), ...others];
}
