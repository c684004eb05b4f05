import { describe, expect, it } from 'vitest';
import { faultyStorage, type FaultAction, type FaultPoint } from './faulty-storage.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { createOperationCounter } from './operation-counter.ts';

/** Stands for the end of the process. */
const kill = (): never => {
  throw new Error('killed');
};

describe('a fault', () => {
  it('fails with the code of the system that was asked for', async () => {
    const storage = faultyStorage(createMemoryStorage(), { failAt: 1, systemCode: 'ENOSPC' });
    await expect(storage.makeFolder('/a')).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      details: { operation: 'makeFolder', location: '/a', systemCode: 'ENOSPC' },
      cause: { code: 'ENOSPC' },
    });
  });

  it.each<[FaultAction, number[]]>([
    ['kill-before', [1, 2]],
    ['kill-half-way', [1, 2, 3, 4]],
    ['kill-after', [1, 2, 3, 4, 5, 6]],
  ])('%s leaves of a write what was written by then', async (action, left) => {
    const inner = createMemoryStorage();
    const storage = faultyStorage(inner, { failAt: 2, operations: ['write'], action, kill });
    const file = await storage.create('/a');
    await file.write(Uint8Array.of(1, 2));
    await expect(file.write(Uint8Array.of(3, 4, 5, 6))).rejects.toThrow('killed');
    expect([...inner.files.get('/a')!]).toEqual(left);
  });

  it('half-way through removing a folder leaves half of it', async () => {
    const byte = Uint8Array.of(1);
    const inner = createMemoryStorage({ '/a/1': byte, '/a/2': byte, '/a/3': byte, '/a/4': byte });
    const storage = faultyStorage(inner, { failAt: 1, operations: ['remove'], action: 'kill-half-way', kill });
    await expect(storage.remove('/a')).rejects.toThrow('killed');
    expect([...inner.files.keys()]).toEqual(['/a/3', '/a/4']);
  });

  it('closes what it fails to close, as the system does', async () => {
    let closed = 0;
    const inner = createMemoryStorage({ '/a': Uint8Array.of(1) });
    const open = async () => ({ ...(await inner.open('/a')), close: async () => void closed++ });
    const file = await faultyStorage({ ...inner, open }, { failAt: 1, operations: ['close'] }).open('/a');
    await expect(file.close()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(closed).toBe(1);
  });
});

describe('one counter for all threads', () => {
  it('numbers the calls of several storages, and says in which stage they were', async () => {
    const counter = createOperationCounter();
    const points: FaultPoint[] = [];
    const options = { failAt: 3, onFault: (point: FaultPoint) => void points.push(point) };
    const [one, two] = [counter, createOperationCounter(counter.memory)].map((shared) =>
      faultyStorage(createMemoryStorage(), { ...options, counter: shared }),
    );
    await one!.makeFolder('/a');
    counter.enterStage('scatter');
    await two!.makeFolder('/b');
    await expect(one!.stat('/a')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await two!.stat('/b');
    expect(points).toEqual([{ number: 3, operation: 'stat', location: '/a', stage: 'scatter' }]);
    expect(counter.total()).toBe(4);
    expect(counter.counts()).toEqual([
      { stage: 'start', operation: 'makeFolder', calls: 1 },
      { stage: 'scatter', operation: 'stat', calls: 2 },
      { stage: 'scatter', operation: 'makeFolder', calls: 1 },
    ]);
  });
});
