const FRAMES_PER_SECOND = 50;
const LEVELS = 32;

// The sum of squares of a 320-sample frame is below 2^39; speech and its pauses lie in the upper 32 octaves.
const QUIETEST_OCTAVE = 8;
const CROSSINGS_PER_LEVEL = 10;

export const CODEBOOK_SIZE = LEVELS * LEVELS;

/**
 * One token for every complete 20 ms: how loud (in octaves of energy) and how bright (zero crossings) the
 * frame is. It stands in for the tokens of a neural codec: they have the same shape, rate and codebook
 * size, and they repeat as tokens of speech do.
 *
 * Whole numbers only: `Math.log2` may differ in the last bit between engines, and the sample is to be the
 * same on every machine.
 *
 * @param {Int16Array} samples
 * @param {number} samplingRate A multiple of 50.
 * @returns {Int32Array} Values from 0 up to, not including, `CODEBOOK_SIZE`.
 */
export function codesOf(samples, samplingRate) {
  const frameLength = samplingRate / FRAMES_PER_SECOND;
  const codes = new Int32Array(Math.floor(samples.length / frameLength));
  for (let frame = 0; frame < codes.length; frame++) {
    const slice = samples.subarray(frame * frameLength, (frame + 1) * frameLength);
    codes[frame] = loudness(slice) * LEVELS + brightness(slice);
  }
  return codes;
}

/** @param {Int16Array} frame */
function loudness(frame) {
  let energy = 0;
  for (const sample of frame) energy += sample * sample;
  return clampLevel(floorLog2(energy + 1) - QUIETEST_OCTAVE);
}

/** @param {Int16Array} frame */
function brightness(frame) {
  let crossings = 0;
  let wasNegative = false;
  for (const sample of frame) {
    const isNegative = sample < 0;
    if (isNegative !== wasNegative) crossings++;
    wasNegative = isNegative;
  }
  return clampLevel(Math.floor(crossings / CROSSINGS_PER_LEVEL));
}

/** @param {number} value A whole number, 1 ≤ value < 2^53. */
function floorLog2(value) {
  const high = Math.floor(value / 2 ** 32);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(value);
}

/** @param {number} level */
function clampLevel(level) {
  return Math.max(0, Math.min(LEVELS - 1, level));
}
