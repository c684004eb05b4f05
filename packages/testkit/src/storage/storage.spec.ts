import { describe, expect, it } from 'vitest';
import { describeStorage } from '../conformance/describe-storage.ts';
import { createMemoryStorage } from './memory-storage.ts';
import { faultyStorage } from './faulty-storage.ts';

const makeStorage = async () => {
  const storage = createMemoryStorage();
  await storage.makeFolder('/test');
  return { storage, folder: '/test' };
};

describeStorage({ describe, it, expect }, { makeStorage });

describe('faulty storage', () => {
  describeStorage(
    { describe, it, expect },
    {
      makeStorage: async () => {
        const { storage, folder } = await makeStorage();
        return { storage: faultyStorage(storage, { failAt: Infinity }), folder };
      },
    },
  );

  it('fails at the operation it was told, and only there', async () => {
    const storage = faultyStorage(
      createMemoryStorage({ '/a/one.bin': Uint8Array.of(1, 2, 3), '/a/two.bin': Uint8Array.of(4) }),
      {
        failAt: 2,
        operations: ['read'],
        location: /one/,
      },
    );
    const [one, two] = [await storage.open('/a/one.bin'), await storage.open('/a/two.bin')];
    expect([...(await one.read(0, 1)), ...(await two.read(0, 1))]).toEqual([1, 4]);
    expect(storage.failed()).toBe(false);
    await expect(one.readInto!(new Uint8Array(1), 1)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      cause: { code: 'EIO' },
    });
    expect([...(await one.read(1, 2))]).toEqual([2, 3]);
    expect([storage.matched(), storage.failed()]).toEqual([3, true]);
  });

  it('throws the error it was given, as long as it was told', async () => {
    const error = new Error('mine');
    const storage = faultyStorage(createMemoryStorage(), { failAt: 1, times: Infinity, error });
    await expect(storage.makeFolder('/a')).rejects.toBe(error);
    await expect(storage.stat('/a')).rejects.toBe(error);
  });
});
