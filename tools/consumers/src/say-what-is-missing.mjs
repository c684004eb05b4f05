import { areRequired, whatIsMissing } from './environments.mjs';

/** Before any test: one line if those with Python are left out. */
export default function sayWhatIsMissing() {
  const missing = whatIsMissing();
  if (missing === undefined) return;
  if (areRequired())
    throw new Error(`The consumers in Python are required (RIFFLE_CONSUMERS) and not there. ${missing}`);
  console.log(`The consumers in Python are skipped. ${missing}`);
}
