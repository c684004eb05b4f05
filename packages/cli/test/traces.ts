import { readdirSync, readFileSync } from 'node:fs';
import type { Plan, RiffleEvent } from '@riffle/core';

/** The events of a real job that tell of progress, with the seconds since its start. Made by `.riffle/log.jsonl` of runs on two cores. */
export interface Trace {
  readonly name: string;
  readonly events: readonly { readonly at: number; readonly event: RiffleEvent }[];
  /** Seconds of the whole job. */
  readonly seconds: number;
}

const folder = new URL('traces/', import.meta.url);

interface TraceFile {
  readonly plan: Plan;
  readonly events: readonly ({ readonly at: number } & RiffleEvent)[];
}

/** Every recorded job: audio, tokens and narrow rows, in memory, spilled and in passes. */
export function recordedTraces(): Trace[] {
  return readdirSync(folder).map((file) => {
    const { plan, events } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as TraceFile;
    const timed = events.map(({ at, ...event }) => ({
      at,
      event: event.type === 'planned' ? { ...event, plan } : (event as RiffleEvent),
    }));
    return { name: file.replace('.json', ''), events: timed, seconds: events.at(-1)!.at };
  });
}
