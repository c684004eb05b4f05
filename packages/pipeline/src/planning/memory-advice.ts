import { smallestShare, type WorkerFacts } from './worker-shares.ts';

/** What an open shard writer holds if the recipe said otherwise. */
export interface WriterMemory {
  /** Of the recipe. */
  readonly shards: number;
  /** More are refused, or there are no rows for them. */
  readonly mostShards: number;
  readonly rowGroupBytes: number;
  readonly leastRowGroupBytes: number;
  bytesOf(shards: number, rowGroupBytes: number): number;
}

/** The least budget for one worker with a writer that holds so much. */
const shareWith = (facts: WorkerFacts, writerBytes: number) => smallestShare({ ...facts, writerBytes });

/** The least number of shards with which one worker fits the budget; undefined if none does, or shards are not held as a whole. */
export function enoughShards(facts: WorkerFacts, writer: WriterMemory, budget: number): number | undefined {
  const fits = (shards: number) => shareWith(facts, writer.bytesOf(shards, writer.rowGroupBytes)) <= budget;
  let [low, high] = [writer.shards, writer.mostShards];
  if (low >= high || fits(low) || !fits(high)) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether the writer holds more for more rows in a shard. */
export const holdsShards = ({ shards, mostShards, rowGroupBytes, bytesOf }: WriterMemory): boolean =>
  bytesOf(mostShards, rowGroupBytes) < bytesOf(shards, rowGroupBytes);

/** Whether a worker needs less with smaller row groups. */
export const smallerRowGroupsHelp = (facts: WorkerFacts, writer: WriterMemory): boolean =>
  shareWith(facts, writer.bytesOf(writer.shards, writer.leastRowGroupBytes)) <
  shareWith(facts, writer.bytesOf(writer.shards, writer.rowGroupBytes));
