let stuck = 0;

/**
 * Threads of this process that were told to end and did not in time: they wait in a call of the operating system (a dead network mount),
 * which nothing can interrupt. Node waits for them when the process exits, so whoever owns the process must see to its end.
 */
export function stuckThreads(): number {
  return stuck;
}

/** Counts a thread as stuck until `ended` settles. */
export function countAsStuck(ended: Promise<unknown>): void {
  stuck++;
  const free = () => void stuck--;
  ended.then(free, free);
}
