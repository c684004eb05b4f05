import { WorkerLostError, type Lane } from './lane.ts';

/** Looks at the worker so often within the time it is allowed to do nothing. */
const looks = 8;
/** A thread that loads its plugins on a busy machine gets at least this long for its first sign of life. */
const startSeconds = 60;

/**
 * Calls `onStall` once if the worker does nothing for `stallSeconds`. Counts looks, not time: a process that was suspended for an hour looks
 * once when it goes on.
 */
export function watchForStalls(
  lane: Pick<Lane, 'beats'>,
  stallSeconds: number,
  onStall: (error: Error) => void,
): { stop(): void } {
  let seen = lane.beats();
  let quiet = 0;
  const timer = setInterval(
    () => {
      const now = lane.beats();
      quiet = now === seen ? quiet + 1 : 0;
      seen = now;
      const patience = now === 0 ? Math.max(1, startSeconds / stallSeconds) : 1;
      if (quiet < looks * patience) return;
      clearInterval(timer);
      onStall(
        new WorkerLostError(
          `The worker made no progress for ${stallSeconds} seconds (stallSeconds): no batch decoded, no byte read or written`,
        ),
      );
    },
    (stallSeconds * 1000) / looks,
  );
  return { stop: () => clearInterval(timer) };
}
