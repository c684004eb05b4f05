import type { SurveyedFile } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { chooseAgain, chooseTwins } from './twins.ts';

const file = (path: string, size = 10, version = '1'): SurveyedFile => ({
  path,
  location: path,
  size,
  version,
  reader: 0,
  rows: 1,
  fragments: [],
  schema: 0,
  columns: [],
});
const candidate = (path: string, identity: string, one = file(path)) => ({
  shard: path.split('/')[0]!,
  identity,
  file: one,
});
const told = ({ shards, twins }: ReturnType<typeof chooseTwins>) => ({
  read: [...shards].map(([shard, files]) => `${shard}: ${files.map(({ path }) => path).join(' ')}`),
  twins: twins.map(({ file: { path }, of }) => `${path} is ${of}`),
});

describe('of several paths to one file', () => {
  const candidates = [candidate('a/1', 'x'), candidate('b/1', 'x'), candidate('b/2', 'y'), candidate('c/1', 'x')];

  it('the first one is read', () => {
    expect(told(chooseTwins(candidates, () => false))).toEqual({
      read: ['a: a/1', 'b: b/2'],
      twins: ['b/1 is a/1', 'c/1 is a/1'],
    });
  });

  it('the first one of a good shard is read, and another one once that shard is bad too', () => {
    const chosen = chooseTwins(candidates, (shard) => shard === 'a');
    expect(told(chosen)).toEqual({ read: ['b: b/1 b/2'], twins: ['c/1 is b/1'] });
    expect(told(chooseAgain(chosen.shards, chosen.twins, (shard) => shard === 'b'))).toEqual({
      read: ['c: c/1'],
      twins: [],
    });
  });

  it('choosing again equals choosing without the bad shards at once', () => {
    const chosen = chooseTwins(candidates, () => false);
    for (const gone of ['a', 'b', 'c'])
      expect(told(chooseAgain(chosen.shards, chosen.twins, (shard) => shard === gone))).toEqual(
        told(chooseTwins(candidates, (shard) => shard === gone)),
      );
  });

  it('size and version must agree too: some file systems give one identity to all files', () => {
    const same = [
      candidate('a/1', '0:0', file('a/1', 10)),
      candidate('b/1', '0:0', file('b/1', 11)),
      candidate('c/1', '0:0', file('c/1', 10, '2')),
    ];
    expect(told(chooseTwins(same, () => false))).toEqual({ read: ['a: a/1', 'b: b/1', 'c: c/1'], twins: [] });
  });
});
