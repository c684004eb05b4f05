/** Longest location kept, in bytes of UTF-8. */
const locationBytes = 4096;
const headerBytes = 8;

/** Memory that a worker and the main thread share, so that a worker need not answer to show that it is alive. */
export function createHeartbeat(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + locationBytes);
}

/** The worker's side. */
export interface Pulse {
  /** Something was done: a read, a write, a batch. */
  beat(): void;
  /** A file is being worked on; the main thread names it should the worker die or hang. */
  at(location: string): void;
}

export function createPulse(heartbeat: SharedArrayBuffer): Pulse {
  const header = new Int32Array(heartbeat, 0, 2);
  const bytes = new Uint8Array(heartbeat, headerBytes);
  return {
    beat: () => void Atomics.add(header, 0, 1),
    at(location) {
      // TextEncoder refuses shared memory.
      const text = new TextEncoder().encode(location).subarray(0, locationBytes);
      Atomics.store(header, 1, 0);
      bytes.set(text);
      Atomics.store(header, 1, text.length);
      Atomics.add(header, 0, 1);
    },
  };
}

/** A number that changes whenever the worker has done something. */
export function beatsOf(heartbeat: SharedArrayBuffer): number {
  return Atomics.load(new Int32Array(heartbeat, 0, 1), 0);
}

/** The file the worker opened last; undefined if none. To be asked once the worker does nothing any more. */
export function lastFileOf(heartbeat: SharedArrayBuffer): string | undefined {
  const length = Atomics.load(new Int32Array(heartbeat, 0, 2), 1);
  if (length === 0) return undefined;
  // TextDecoder refuses shared memory, too.
  return new TextDecoder().decode(new Uint8Array(heartbeat, headerBytes, length).slice());
}
