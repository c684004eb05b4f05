export { checkShard } from './check-shard.ts';
export { createFingerprintVerifier, createFingerprintVerifier as default } from './fingerprint-verifier.ts';
