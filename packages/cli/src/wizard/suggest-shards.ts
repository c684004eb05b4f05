import { recipeLimits } from '@riffle/core/recipe';

/** Bytes of a shard that is large enough to be read fast and small enough to be moved. */
export const targetShardBytes = 500e6;

const { minimum, maximum } = recipeLimits.shards;

/** How many shards of about {@link targetShardBytes} the data makes; a multiple of the processes that will read them, if they are known. */
export function suggestShards(bytes: number | undefined, processes: number | undefined): number {
  if (bytes === undefined && processes === undefined) return recipeLimits.shards.default;
  const wanted = Math.max(minimum, Math.min(maximum, Math.ceil((bytes ?? 0) / targetShardBytes)));
  if (processes === undefined) return wanted;
  return nearestMultiples(wanted, processes).at(-1) ?? wanted;
}

/** The multiples of `processes` next to a number of shards, the lower first; the number itself if it is one. */
export function nearestMultiples(shards: number, processes: number): readonly number[] {
  const below = Math.floor(shards / processes) * processes;
  const above = Math.ceil(shards / processes) * processes;
  return [...new Set([below, above])].filter((count) => count >= minimum && count <= maximum);
}
