import { expect, it } from 'vitest';
import { groupTimes } from '../src/profile-groups.mjs';

const node = (id, functionName, ...children) => ({ id, callFrame: { functionName }, children });

it('counts time by what the callers do, and none that was waited', () => {
  const profile = {
    nodes: [
      node(1, '(root)', 2, 3, 6),
      node(2, '(idle)'),
      node(3, 'scatterUnit', 4, 7),
      node(4, 'dealRows', 5),
      node(5, 'takeRanges'),
      node(6, '(garbage collector)'),
      node(7, 'encodeFile', 8),
      node(8, 'wasm-function[1]'),
    ],
    samples: [2, 5, 5, 8, 6, 3],
    timeDeltas: [1e6, 2e6, 1e6, 4e6, 5e5, 2.5e5],
  };
  expect(groupTimes([profile, profile])).toEqual([
    ['encoding', 8],
    ['dealing', 6],
    ['garbage collection', 1],
    ['all else', 0.5],
  ]);
});
