import { BadContentError, RiffleError } from '@riffle/core';
import type { ZstdLibrary } from './zstd-library.ts';

/** Bytes that are copied in and out at once. A block holds no more. */
const stepBytes = 2 ** 17;
/** Of `ZSTD_inBuffer` and `ZSTD_outBuffer`: address, size, position. */
const bufferBytes = 12;

/** Numbers of `zstd_errors.h`. */
const WINDOW_TOO_LARGE = 16;
const DICTIONARY_WRONG = 32;
const OUT_OF_MEMORY = 64;
const reasons: Readonly<Record<number, string>> = {
  10: 'something stands there that is no zstd',
  20: 'a block is not as zstd writes it',
  22: 'its checksum differs',
};

const unsupported = (message: string) => new BadContentError(message, {}, { code: 'UNSUPPORTED_CONTENT' });

export const damagedZstd = (reason: string): BadContentError =>
  new BadContentError(`Its zstd data is damaged or truncated: ${reason}.`, { kind: 'decode' });

function errorOf(number: number, heldBytes: number): Error {
  if (number === WINDOW_TOO_LARGE)
    return unsupported(
      'It is compressed with a window of more than 128 MiB, which is what zstd itself reads without being told more. Compress it anew, with --long=27 at most.',
    );
  if (number === DICTIONARY_WRONG)
    return unsupported('It is compressed with a dictionary, which the file does not have. Compress it anew without.');
  if (number === OUT_OF_MEMORY)
    return new RiffleError(
      'MEMORY_TOO_SMALL',
      `zstd has no memory left in its wasm instance (in use ${heldBytes}). Run with fewer --workers.`,
      { bytes: heldBytes },
      { exitCode: 1 },
    );
  return damagedZstd(reasons[number] ?? `error ${number} of libzstd`);
}

/** Decompresses frames that follow each other, skippable ones among them. */
export interface ZstdStream {
  /**
   * What the next bytes become, in pieces of at most 128 KiB, which are yours. Take them all before more is pushed.
   * @throws BadContentError for what is damaged, or needs a window of more than 128 MiB or a dictionary
   */
  push(bytes: Uint8Array): Generator<Uint8Array, void>;
  /** Whether the last frame is whole. */
  isWhole(): boolean;
  /** Gives back what is held outside the JavaScript heap: a window of at most 128 MiB. */
  free(): void;
}

export function createZstdStream(library: ZstdLibrary): ZstdStream {
  const { memory, malloc, free, ZSTD_createDCtx, ZSTD_freeDCtx, ZSTD_decompressStream } = library;
  const outOfMemory = () => errorOf(OUT_OF_MEMORY, memory.buffer.byteLength);
  const context = ZSTD_createDCtx();
  if (context === 0) throw outOfMemory();
  // One piece of memory: the two structures, then what they point at.
  const input = malloc(2 * bufferBytes + 2 * stepBytes);
  if (input === 0) {
    ZSTD_freeDCtx(context);
    throw outOfMemory();
  }
  const output = input + bufferBytes;
  const inputData = output + bufferBytes;
  const outputData = inputData + stepBytes;
  let rest = 0;

  const describe = (buffer: number, data: number, size: number) => {
    const view = new DataView(memory.buffer, buffer, bufferBytes);
    view.setUint32(0, data, true);
    view.setUint32(4, size, true);
    view.setUint32(8, 0, true);
  };
  const positionOf = (buffer: number) => new DataView(memory.buffer).getUint32(buffer + 8, true);

  return {
    *push(bytes) {
      for (let at = 0; at < bytes.length; at += stepBytes) {
        const step = bytes.subarray(at, at + stepBytes);
        new Uint8Array(memory.buffer).set(step, inputData);
        describe(input, inputData, step.length);
        let made = 0;
        do {
          describe(output, outputData, stepBytes);
          rest = ZSTD_decompressStream(context, output, input);
          if (rest < 0) throw errorOf(-rest, memory.buffer.byteLength);
          made = positionOf(output);
          if (made > 0) yield new Uint8Array(memory.buffer, outputData, made).slice();
        } while (positionOf(input) < step.length || (made === stepBytes && rest > 0));
      }
    },
    isWhole: () => rest === 0,
    free() {
      ZSTD_freeDCtx(context);
      free(input);
    },
  };
}
