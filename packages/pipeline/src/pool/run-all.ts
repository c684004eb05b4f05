/**
 * Runs `work` for every item, at most `atOnce` at a time, started in order. The first failure is thrown once
 * everything that had started has settled, and nothing more is started.
 */
export async function runAll<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let next = 0;
  let failed = false;
  let failure: unknown;
  const lane = async () => {
    while (!failed) {
      const { done, value } = iterator.next();
      if (done === true) return;
      try {
        await work(value, next++);
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, lane));
  if (failed) throw failure;
}
