import type { Finding, InputShardReceipt, LostShard, SurveyedCollection } from '@riffle/core';
import { inputFinding } from './input-finding.ts';

const added = 'is there and was not when the result was made';
const lostBefore = 'can be read now and was lost when the result was made: its rows are not in the result';

/** Shards and files that the receipt does not have. What was lost then and can be read now is one of them: its rows are not in the result. */
export function extraInputs(
  now: SurveyedCollection,
  receipts: ReadonlyMap<string, InputShardReceipt>,
  lostThen: ReadonlyMap<string, LostShard>,
): readonly Finding[] {
  const collection = now.name;
  const findings = now.shards.flatMap(({ path: shard, files }): readonly Finding[] => {
    const receipt = receipts.get(shard);
    const before = lostThen.get(shard);
    if (receipt === undefined) {
      // Its metadata was as readable then: it was lost when its rows were decoded, which is not tried again here.
      if (before?.status === 'failed' && before.rows === files.reduce((sum, { rows }) => sum + rows, 0)) return [];
      return [inputFinding({ collection, shard }, 'extra', before === undefined ? added : lostBefore)];
    }
    const known = new Set(receipt.files.map(({ path }) => path));
    return files.flatMap(({ path }) => {
      const damage = before?.damage?.find((file) => file.path === path);
      // As above: what left out some row groups, or all of them, does so still.
      if (known.has(path) || damage?.fragments !== undefined) return [];
      return [inputFinding({ collection, shard, path }, 'extra', damage === undefined ? added : lostBefore)];
    });
  });
  const unreadable = now.lost.filter(
    ({ path, status }) => status === 'failed' && !receipts.has(path) && !lostThen.has(path),
  );
  return [
    ...findings,
    ...unreadable.map(({ path: shard }) =>
      inputFinding(
        { collection, shard },
        'extra',
        'is there, cannot be read, and was not there when the result was made',
      ),
    ),
  ];
}
