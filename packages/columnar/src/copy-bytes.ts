/** Below this many bytes a loop of words beats the call of `TypedArray.prototype.set` with its temporary view. */
export const longEnoughForSet = 112;

/** Both faces of one buffer, made once so that the copying loop makes no objects. */
export interface ByteRegion {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

export function byteRegion(bytes: Uint8Array): ByteRegion {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

/** Copies `length` bytes between regions that do not overlap. Positions need no alignment. */
export function copyBytes(source: ByteRegion, from: number, target: ByteRegion, to: number, length: number): void {
  if (length >= longEnoughForSet) {
    target.bytes.set(source.bytes.subarray(from, from + length), to);
    return;
  }
  const sourceView = source.view;
  const targetView = target.view;
  let index = 0;
  for (; index + 4 <= length; index += 4) targetView.setInt32(to + index, sourceView.getInt32(from + index, true), true);
  for (; index < length; index++) targetView.setUint8(to + index, sourceView.getUint8(from + index));
}
