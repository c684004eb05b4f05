/**
 * The voices inside `flite.wasm` that speak free text at 16 kHz. Left out: `kal` (the data of `kal16` at
 * 8 kHz, and all rows of one Audio feature share a sampling rate) and `awb_time` (can only tell the time).
 *
 * - `kal16`: US English, male, diphones; ten times as fast as the others
 * - `awb`: Scottish English, male
 * - `rms`: US English, male
 * - `slt`: US English, female
 */
export const VOICES = /** @type {const} */ (['kal16', 'awb', 'rms', 'slt']);

/** @typedef {(typeof VOICES)[number]} Voice */

export const SAMPLING_RATE = 16_000;
