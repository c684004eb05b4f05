import type { RiffleEvent } from '@riffle/core';
import { planDocument } from './plan-document.ts';
import { printableJson } from './wording.ts';

/** An event as one JSON object of the log; what is large is left to the report and the manifest. */
export function eventRecord(event: RiffleEvent, time: string): string {
  return printableJson({ time, ...summarised(event) });
}

function summarised(event: RiffleEvent): Record<string, unknown> {
  if (event.type === 'planned') return { type: event.type, plan: { ...planDocument(event.plan), lost: undefined } };
  if (event.type === 'published') {
    const { shards, lost, ...report } = event.report;
    return { type: event.type, output: event.output, report: { ...report, shards: shards.length, lost: lost.length } };
  }
  return event;
}
