import type { Shuffler } from '@riffle/core';
import { createPermutation, maximumRows } from './perm-v1.ts';

const NAME = 'perm-v1';

/** The default shuffler as a plugin; see {@link createPermutation}. */
export function createPermV1Shuffler(): Shuffler {
  return {
    specificationVersion: 'v1',
    role: 'shuffler',
    name: NAME,
    capabilities: Object.freeze({ maximumRows }),
    plan: createPermutation,
  };
}
