import { isShardPath, type Layout } from '@riffle/core';
import type { TestRunner } from './test-runner.ts';

export interface LayoutSuite {
  readonly makeLayout: () => Layout | Promise<Layout>;
}

/** Values that shards are divided by, in ways that differ in one column each; one way without any if they are not. */
function partitionsOf({ partitionBy = [] }: Layout): readonly (readonly string[])[] {
  const same = partitionBy.map(() => 'a');
  return [same, ...partitionBy.map((_, column) => same.with(column, 'b%C3%A4'))];
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
      const partitions = partitionsOf(layout);
      for (const shards of [1, 2, 64, 256, 12_345]) {
        const paths = Array.from({ length: shards }, (_, shard) =>
          partitions.map((values) => layout.pathOf(shard, shards, values)),
        ).flat();
        expect(paths.filter((path) => !isShardPath(`${path}.parquet`))).toEqual([]);
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(partitions.length * shards);
      }
    });

    it('makes no folder where another shard lies', async () => {
      const layout = await makeLayout();
      const paths = Array.from({ length: 256 }, (_, shard) =>
        layout.pathOf(shard, 256, partitionsOf(layout)[0]).toLowerCase(),
      );
      const folders = new Set(paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
      expect(paths.filter((path) => folders.has(`${path}.parquet`))).toEqual([]);
    });

    it('says the same whenever it is asked, also another one made anew', async () => {
      const [one, other] = [await makeLayout(), await makeLayout()];
      const values = partitionsOf(one)[0];
      const backwards = [63, 5, 0].map((shard) => one.pathOf(shard, 64, values)).toReversed();
      expect([0, 5, 63].map((shard) => other.pathOf(shard, 64, values))).toEqual(backwards);
    });
  });
}
