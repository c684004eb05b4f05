import type { Block } from '../moving/block.ts';
import type { ScatterResult } from '../moving/scatter-unit.ts';
import type { ScatteredRecord } from './journal-records.ts';
import { doublesOfText, textOfDoubles, textOfWords, wordsOfText } from './words-text.ts';

/** A unit's result for the journal, or undefined if it left nothing on the disk. */
export function recordOfUnit(layout: string, unit: number, result: ScatterResult): ScatteredRecord | undefined {
  const { spill, outputs } = result;
  if (spill === undefined || result.bad.length > 0) return undefined;
  return {
    type: 'scattered',
    layout,
    unit,
    ...spill,
    blocks: result.blocks.flatMap((block) =>
      block.kind === 'spill' ? [{ firstBucket: block.firstBucket, bounds: textOfDoubles(block.bounds) }] : [],
    ),
    rows: result.rows,
    decodedBytes: result.bytes,
    decoded: [...result.decoded],
    ...(outputs === undefined ? {} : { outputs: textOfWords(outputs) }),
    inputs: result.inputs.map(({ shard, words }) => ({ shard, words: textOfWords(words) })),
  };
}

/** Whether these are bounds of a block in a file of so many bytes: whole numbers that never fall. */
function areBounds(bounds: Float64Array, bytes: number, buckets: number): boolean {
  if (bounds.length !== buckets + 1) return false;
  return bounds.every(
    (bound, index) => Number.isSafeInteger(bound) && bound <= bytes && bound >= (index === 0 ? 0 : bounds[index - 1]!),
  );
}

/**
 * A unit's result as it was, with its spill file at `location`; undefined if the record does not fit the job.
 * @param needSums whether fingerprints must be there
 */
export function unitOfRecord(
  record: ScatteredRecord,
  location: string,
  job: { readonly shards: number; readonly buckets: number },
  needSums: boolean,
): ScatterResult | undefined {
  const outputs = record.outputs === undefined ? undefined : wordsOfText(record.outputs, 4 * job.shards);
  if (needSums && outputs === undefined) return undefined;
  const blocks: Block[] = [];
  for (const { firstBucket, bounds: text } of record.blocks) {
    const bounds = doublesOfText(text);
    if (bounds === undefined || firstBucket !== 0 || !areBounds(bounds, record.bytes, job.buckets)) return undefined;
    blocks.push({ kind: 'spill', firstBucket, bounds, file: location });
  }
  const inputs = record.inputs.map(({ shard, words }) => ({ shard, words: wordsOfText(words, 4) }));
  if (inputs.some(({ words }) => words === undefined)) return undefined;
  return {
    rows: record.rows,
    bytes: record.decodedBytes,
    decoded: record.decoded,
    blocks,
    spill: { file: record.file, bytes: record.bytes, crc32: record.crc32 },
    outputs,
    inputs: inputs.map(({ shard, words }) => ({ shard, words: words! })),
    bad: [],
  };
}
