/** From this many bytes on, `set` with its temporary view beats a loop. */
const LONG = 64;

/**
 * Decompresses one block of Snappy. Made for data that hardly compresses, such as audio and packed codes, which is a row of long literals: those
 * are copied at once.
 * Source: https://github.com/google/snappy/blob/main/format_description.txt
 * @param input the block, exactly.
 * @param output as long as the block says that it decompresses to.
 * @returns whether it did; false for anything damaged, with `output` in any state.
 */
export function decompressSnappy(input: Uint8Array, output: Uint8Array): boolean {
  let at = 0;
  let length = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = input[at++];
    if (byte === undefined || scale > 2 ** 28) return false;
    length += (byte & 127) * scale;
    if (byte < 128) break;
  }
  if (length !== output.length) return false;
  let to = 0;
  while (at < input.length) {
    const tag = input[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      let count = (tag >>> 2) + 1;
      if (count > 60) {
        const bytes = count - 60;
        if (at + bytes > input.length) return false;
        count = 1;
        for (let index = 0, scale = 1; index < bytes; index++, scale *= 256) count += input[at + index]! * scale;
        at += bytes;
      }
      if (at + count > input.length || to + count > length) return false;
      if (count >= LONG) output.set(input.subarray(at, at + count), to);
      else for (let index = 0; index < count; index++) output[to + index] = input[at + index]!;
      at += count;
      to += count;
      continue;
    }
    const offsetBytes = kind === 3 ? 4 : kind;
    if (at + offsetBytes > input.length) return false;
    const count = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
    let offset = input[at]!;
    if (kind === 1) offset += (tag >>> 5) << 8;
    else if (kind === 2) offset += input[at + 1]! << 8;
    else offset += input[at + 1]! * 2 ** 8 + input[at + 2]! * 2 ** 16 + input[at + 3]! * 2 ** 24;
    at += offsetBytes;
    if (offset === 0 || offset > to || to + count > length) return false;
    // Byte by byte: what is copied may begin within itself.
    for (let index = 0; index < count; index++) output[to + index] = output[to + index - offset]!;
    to += count;
  }
  return to === length;
}
