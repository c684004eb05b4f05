import { describe, expect, it } from 'vitest';
import { runAll } from './run-all.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('runAll', () => {
  it('does every item once, in order of start, never more at once than allowed', async () => {
    const started: [number, number][] = [];
    let active = 0;
    let most = 0;
    await runAll([5, 6, 7, 8, 9], 2, async (item, index) => {
      started.push([item, index]);
      most = Math.max(most, ++active);
      await pause();
      active--;
    });
    expect(started).toEqual([
      [5, 0],
      [6, 1],
      [7, 2],
      [8, 3],
      [9, 4],
    ]);
    expect(most).toBe(2);
  });

  it('throws the first failure once what had started has settled, and starts nothing more', async () => {
    const settled: number[] = [];
    const failing = runAll([0, 1, 2, 3, 4], 2, async (item) => {
      await pause();
      if (item === 0) throw new Error('first');
      await pause();
      settled.push(item);
    });
    await expect(failing).rejects.toThrow('first');
    expect(settled).toEqual([1]);
  });

  it('takes no items, and no lanes as one', async () => {
    const seen: number[] = [];
    await runAll([], 3, async () => void seen.push(0));
    await runAll([1, 2], 0, async (item) => void seen.push(item));
    expect(seen).toEqual([1, 2]);
  });
});
