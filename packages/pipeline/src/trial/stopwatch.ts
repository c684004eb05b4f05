import type { WorkKind } from '@riffle/core';

interface Timed<Result> {
  readonly result: Result;
  readonly milliseconds: number;
}

/** Adds up how long each kind of work took, and for how many bytes. */
export interface Stopwatch {
  /** @param bytes of Arrow data that the work is done with */
  time<Result>(kind: WorkKind, bytes: number, work: () => Result | Promise<Result>): Promise<Timed<Result>>;
  /** What was timed elsewhere; less than nothing takes away what was timed together with a kind and is another one. */
  add(kind: WorkKind, bytes: number, milliseconds: number): void;
  /** Forgets everything: what runs for the first time is several times slower than ever after. */
  reset(): void;
  /** Seconds for each byte, by kind; undefined unless all kinds were timed. */
  secondsPerByte(): Readonly<Record<WorkKind, number>> | undefined;
}

const kinds: readonly WorkKind[] = ['decode', 'permute', 'fingerprint', 'deal', 'place', 'encode', 'check', 'spill'];

export function createStopwatch(): Stopwatch {
  const sums = new Map<WorkKind, { bytes: number; milliseconds: number }>();
  function add(kind: WorkKind, bytes: number, milliseconds: number): void {
    const sum = sums.get(kind) ?? { bytes: 0, milliseconds: 0 };
    sums.set(kind, { bytes: sum.bytes + bytes, milliseconds: Math.max(0, sum.milliseconds + milliseconds) });
  }
  return {
    add,
    async time(kind, bytes, work) {
      const started = performance.now();
      const result = await work();
      const milliseconds = performance.now() - started;
      add(kind, bytes, milliseconds);
      return { result, milliseconds };
    },
    reset: () => sums.clear(),
    secondsPerByte() {
      const entries = kinds.map((kind) => [kind, sums.get(kind)] as const);
      if (entries.some(([, sum]) => sum === undefined || sum.bytes === 0)) return undefined;
      const perByte = entries.map(([kind, sum]) => [kind, sum!.milliseconds / 1000 / sum!.bytes]);
      return Object.fromEntries(perByte) as Record<WorkKind, number>;
    },
  };
}
