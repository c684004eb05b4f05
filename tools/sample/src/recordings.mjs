import { codesOf } from './codes.mjs';
import { decodeWav } from './wav.mjs';
import { SAMPLING_RATE } from './voices.mjs';

/** @import { Synthesiser } from './synthesiser.mjs' */
/** @import { Utterance } from './utterances.mjs' */

/**
 * One row of the data set.
 *
 * @typedef {object} Recording
 * @property {{ bytes: Uint8Array, path: string }} audio A whole wav file, and the name it would have.
 * @property {string} text
 * @property {string} speaker
 * @property {number} duration In seconds.
 * @property {Int32Array} codes
 */

/**
 * @param {Utterance} utterance
 * @param {Synthesiser} synthesise
 * @returns {Recording}
 */
export function record(utterance, synthesise) {
  const bytes = synthesise(utterance);
  const { samplingRate, samples } = decodeWav(bytes);
  if (samplingRate !== SAMPLING_RATE) {
    throw new Error(`Voice ${utterance.speaker} speaks at ${samplingRate} Hz instead of ${SAMPLING_RATE}.`);
  }
  return {
    audio: { bytes, path: utterance.path },
    text: utterance.text,
    speaker: utterance.speaker,
    duration: samples.length / samplingRate,
    codes: codesOf(samples, samplingRate),
  };
}
