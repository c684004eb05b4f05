import type { Finding, Manifest } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { runAll } from '../pool/run-all.ts';
import { groupBy } from '../survey/group-by.ts';
import { targetBatchBytes } from './check-outputs.ts';
import type { ReceiptSurvey } from './receipt-survey.ts';
import type { TracedRow } from './trace-rows.ts';

const shardsPerTask = 8;

/** What comparing row by row gave. */
export interface ComparedSample {
  readonly findings: readonly Finding[];
  readonly rows: number;
}

function sameWords(one: Uint32Array, other: Uint32Array): boolean {
  return one.every((word, index) => word === other[index]);
}

/** One finding a shard, about the first of its rows that differ. */
function orderFinding(
  { file }: Manifest['receipt']['outputs'][number],
  different: readonly TracedRow[],
  compared: number,
  { shards }: ReceiptSurvey,
): Finding {
  const { row, placed, rowOfFile } = different.reduce((one, other) => (other.row < one.row ? other : one));
  const { collection, path: shard } = shards[placed.shard]!;
  const { path } = placed.file;
  return {
    file,
    code: 'order',
    message: `Row ${row} of ${file} is not row ${rowOfFile} of ${collection}/${path}, which the seed puts there (rows counted from 0); of ${compared} rows compared in this shard, ${different.length} ${different.length === 1 ? 'differs' : 'differ'}.`,
    row,
    input: { collection, shard, path, row: rowOfFile },
  };
}

/**
 * Compares sampled rows of the output shards with the input rows that belong there, by their fingerprints.
 * @param inputs words of the input rows that could be read
 * @param skip output shards that cannot be read or hold another's rows
 */
export async function compareSample(
  context: JobContext,
  output: string,
  { plan, receipt }: Manifest,
  now: ReceiptSurvey,
  inputs: ReadonlyMap<TracedRow, Uint32Array>,
  skip: ReadonlySet<string>,
): Promise<ComparedSample> {
  const compared = [...inputs.keys()].filter(({ shard }) => !skip.has(receipt.outputs[shard]!.file));
  const shards = [...groupBy(compared, ({ shard }) => shard)].sort(([one], [other]) => one - other);
  const parts = Array.from({ length: Math.ceil(shards.length / shardsPerTask) }, (_, index) =>
    shards.slice(index * shardsPerTask, (index + 1) * shardsPerTask),
  );
  const findings = new Map<number, Finding>();
  let rows = 0;
  await runAll(parts, context.pool.workers, async (part) => {
    const wanted = part.map(([shard, traced]) => ({
      location: context.plugins.storage.join(output, receipt.outputs[shard]!.file),
      traced: traced.toSorted((one, other) => one.row - other.row),
    }));
    const task = {
      shards: wanted.map(({ location, traced }) => ({ location, rows: traced.map(({ row }) => row) })),
      targetBatchBytes,
      schema: new Uint8Array(Buffer.from(plan.treaty, 'base64')),
    };
    const { words } = await context.pool.run('pick', task);
    for (const [index, [shard]] of part.entries()) {
      const there = words[index];
      if (there === undefined) continue;
      const { traced } = wanted[index]!;
      rows += traced.length;
      const different = traced.filter((row, at) => !sameWords(inputs.get(row)!, there.subarray(4 * at, 4 * at + 4)));
      if (different.length > 0)
        findings.set(shard, orderFinding(receipt.outputs[shard]!, different, traced.length, now));
    }
  });
  return { findings: [...findings].sort(([one], [other]) => one - other).map(([, finding]) => finding), rows };
}
