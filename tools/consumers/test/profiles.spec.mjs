import { beforeAll, describe, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { makeStored, storedSize } from '../src/stored-sizes.mjs';

describeConsumers('profiles keep their promises of size', (scratch) => {
  /** Bytes of the output over bytes of the input, for each profile. */
  async function ratios({ folder, bytes }, codec, profiles = ['balanced', 'smallest', 'fastest']) {
    const found = {};
    for (const profile of profiles) {
      const flags = ['--shards', '2', '--compression', codec, '--profile', profile];
      found[profile] = (await storedSize(scratch, folder, ...flags)).bytes / bytes;
    }
    return found;
  }

  describe('for lists of tokens', () => {
    let stored;
    beforeAll(async () => {
      stored = await makeStored(scratch, 'tokens', 'pyarrow', 0.2);
    });

    it.each(['snappy', 'zstd'])('from dictionaries and snappy, into %s', async (codec) => {
      const { balanced, smallest } = await ratios(stored, codec);
      expect(balanced).toBeLessThanOrEqual(1.15);
      expect(smallest).toBeLessThanOrEqual(1);
      expect(smallest).toBeLessThan(balanced);
    });

    it('from what is not compressed at all: no profile leaves them so', async () => {
      const careless = await makeStored(scratch, 'tokens', 'plain', 0.2);
      const careful = await makeStored(scratch, 'tokens', 'pyarrow-zstd', 0.2);
      expect(careless.bytes).toBeGreaterThan(2.6 * careful.bytes);
      const share = careful.bytes / careless.bytes;
      const { balanced, smallest, fastest } = await ratios(careless, 'zstd');
      expect(balanced).toBeLessThanOrEqual(1.15 * share);
      expect(smallest).toBeLessThanOrEqual(1.01 * share);
      expect(fastest).toBeLessThanOrEqual(0.5);
    });
  });

  describe('for sound', () => {
    let sound;
    beforeAll(async () => {
      sound = await makeStored(scratch, 'audio', 'pyarrow', 0.2);
    });

    it.each(['zstd', 'none'])('within 1 percent of the input by every profile, into %s', async (codec) => {
      for (const ratio of Object.values(await ratios(sound, codec))) expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    });
  });

  it('for texts that come again and again, whose dictionary one sample does not show', async () => {
    const { balanced } = await ratios(await makeStored(scratch, 'repeats', 'pyarrow', 0.2), 'zstd', ['balanced']);
    expect(balanced).toBeLessThanOrEqual(1.15);
  });

  it('for numbers and short texts', async () => {
    const { balanced } = await ratios(await makeStored(scratch, 'narrow', 'duckdb', 0.2), 'zstd', ['balanced']);
    expect(balanced).toBeLessThanOrEqual(1.15);
  });
});
