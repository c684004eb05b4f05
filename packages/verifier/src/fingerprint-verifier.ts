import type { Verifier } from '@riffle/core';
import { checkShard } from './check-shard.ts';

const NAME = 'fingerprint';

/** The default verifier as a plugin; see {@link checkShard}. */
export function createFingerprintVerifier(): Verifier {
  return {
    specificationVersion: 'v1',
    role: 'verifier',
    name: NAME,
    capabilities: Object.freeze({ depths: Object.freeze(['full', 'counts'] as const) }),
    check: checkShard,
  };
}
