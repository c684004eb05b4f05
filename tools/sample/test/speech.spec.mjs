import { expect, test } from 'vitest';
import { sha256 } from '../src/sha256.mjs';
import { createSynthesiser } from '../src/synthesiser.mjs';
import { SAMPLING_RATE, VOICES } from '../src/voices.mjs';
import { decodeWav } from '../src/wav.mjs';

const synthesise = createSynthesiser();
const text = 'Seven curious geese wandered near the harbour.';

// The digests were made on x64 Linux with Node 20.20. WebAssembly leaves no room for another result.
test.each([
  ['kal16', '21f68bae961fc3eba6db1fac4bc8c12286657bb9081cb1ca3fe3359ecae15e48'],
  ['awb', '0dd52c91cdcccff10702647369853b5796a033c644541a8f3ad2e8b49d861eab'],
  ['rms', 'ef8483768c959139e73c3ba704c920e0a8704b8c677d014ce8887e241468a716'],
  ['slt', 'b8dc3a0618a5f15dbdba47fed444133bd6b3316376a01b01fa08fe7703368531'],
])('%s says the same on every machine', (voice, digest) => {
  const speaker = /** @type {import('../src/voices.mjs').Voice} */ (voice);
  expect(sha256(synthesise({ text, speaker, pace: 1 }))).toBe(digest);
});

test.each(VOICES)('%s gives speech of a sane length and loudness', (speaker) => {
  const { samplingRate, samples } = decodeWav(synthesise({ text, speaker, pace: 1 }));
  expect(samplingRate).toBe(SAMPLING_RATE);
  expect(samples.length / samplingRate).toBeGreaterThan(1.5);
  expect(samples.length / samplingRate).toBeLessThan(5);
  expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeGreaterThan(3000);
});

test('a larger pace takes longer', () => {
  /** @param {number} pace */
  const length = (pace) => synthesise({ text, speaker: 'kal16', pace }).length;
  expect(length(1.2)).toBeGreaterThan(length(1) * 1.1);
});

test('letters with accents are spoken, not skipped', () => {
  /** @param {string} word */
  const speech = (word) => synthesise({ text: `The new ${word} is lovely.`, speaker: 'kal16', pace: 1 });
  expect(speech('caf\u00e9')).toEqual(speech('cafe'));
});
