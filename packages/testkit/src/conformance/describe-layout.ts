import { isShardPath, type Layout } from '@riffle/core';
import type { TestRunner } from './test-runner.ts';

export interface LayoutSuite {
  readonly makeLayout: () => Layout | Promise<Layout>;
}

/**
 * Decides whether a Layout gives every shard a place of its own that is below the output folder.
 * @example
 * describeLayout({ describe, it, expect }, { makeLayout: createLayout });
 */
export function describeLayout(runner: TestRunner, { makeLayout }: LayoutSuite): void {
  const { describe, it, expect } = runner;

  describe('a layout', () => {
    it('says what it is', async () => {
      const layout = await makeLayout();
      expect(layout).toMatchObject({ specificationVersion: 'v1', role: 'layout' });
      expect(layout.name).toMatch(/^[a-z][a-z0-9-]*$/);
    });

    it('gives every shard a path of its own, also where capitals do not count', async () => {
      const layout = await makeLayout();
      for (const shards of [1, 2, 64, 256, 12_345]) {
        const paths = Array.from({ length: shards }, (_, shard) => layout.pathOf(shard, shards));
        expect(paths.filter((path) => !isShardPath(`${path}.parquet`))).toEqual([]);
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(shards);
      }
    });

    it('makes no folder where another shard lies', async () => {
      const layout = await makeLayout();
      const paths = Array.from({ length: 256 }, (_, shard) => layout.pathOf(shard, 256).toLowerCase());
      const folders = new Set(paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
      expect(paths.filter((path) => folders.has(`${path}.parquet`))).toEqual([]);
    });

    it('says the same whenever it is asked, also another one made anew', async () => {
      const [one, other] = [await makeLayout(), await makeLayout()];
      const backwards = [63, 5, 0].map((shard) => one.pathOf(shard, 64)).toReversed();
      expect([0, 5, 63].map((shard) => other.pathOf(shard, 64))).toEqual(backwards);
    });
  });
}
