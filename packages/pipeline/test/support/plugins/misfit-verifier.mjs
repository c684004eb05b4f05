import createVerifier from '@riffle/verifier';
import { misfortune } from './misfortune.mjs';

/** The first verifier, having a {@link misfortune} when it checks. */
export default function createMisfitVerifier(options) {
  const verifier = createVerifier();
  return {
    ...verifier,
    async check(...values) {
      await misfortune(options);
      return verifier.check(...values);
    },
  };
}
