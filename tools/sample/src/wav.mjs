// RIFF with one 16-byte `fmt ` chunk followed by `data`, as Flite writes it.
const HEADER_BYTES = 44;
const PCM = 1;

/**
 * The samples of a 16-bit mono PCM file. Every header field is checked, since a header that does not tell
 * the truth would make a sample that other tools refuse.
 *
 * @param {Uint8Array} bytes
 * @returns {{ samplingRate: number, samples: Int16Array }} The samples are a copy.
 * @throws {Error} when it is anything else, or shorter or longer than its header says.
 */
export function decodeWav(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** @param {number} offset */
  const tag = (offset) => String.fromCharCode(...bytes.subarray(offset, offset + 4));
  const samplingRate = bytes.length < HEADER_BYTES ? 0 : view.getUint32(24, true);
  const sound =
    bytes.length >= HEADER_BYTES &&
    tag(0) === 'RIFF' &&
    view.getUint32(4, true) === bytes.length - 8 &&
    tag(8) === 'WAVE' &&
    tag(12) === 'fmt ' &&
    view.getUint32(16, true) === 16 &&
    view.getUint16(20, true) === PCM &&
    view.getUint16(22, true) === 1 &&
    view.getUint32(28, true) === samplingRate * 2 &&
    view.getUint16(32, true) === 2 &&
    view.getUint16(34, true) === 16 &&
    tag(36) === 'data' &&
    view.getUint32(40, true) === bytes.length - HEADER_BYTES;
  if (!sound) throw new Error(`These ${bytes.length} bytes are not a sound 16-bit mono PCM wav file.`);

  const samples = new Int16Array((bytes.length - HEADER_BYTES) >> 1);
  for (let index = 0; index < samples.length; index++) samples[index] = view.getInt16(HEADER_BYTES + index * 2, true);
  return { samplingRate, samples };
}
