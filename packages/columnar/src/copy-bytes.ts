/** From this many bytes on, `TypedArray.prototype.set` with its temporary view beats a loop of words. */
export const longEnoughForSet = 112;

/** Copies `length` bytes between buffers that do not overlap, a word at a time. Positions need no alignment. */
export function copyShort(source: DataView, from: number, target: DataView, to: number, length: number): void {
  let at = 0;
  for (; at + 4 <= length; at += 4) target.setInt32(to + at, source.getInt32(from + at, true), true);
  for (; at < length; at++) target.setUint8(to + at, source.getUint8(from + at));
}
