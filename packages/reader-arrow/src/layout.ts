/** At both ends of a file; a stream has none. */
export const MAGIC: Uint8Array = new TextEncoder().encode('ARROW1');

export function startsWith(bytes: Uint8Array, magic: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}

/** Streams begin with the marker of a message. */
export function isStream(head: Uint8Array): boolean {
  return startsWith(head, Uint8Array.of(255, 255, 255, 255));
}
