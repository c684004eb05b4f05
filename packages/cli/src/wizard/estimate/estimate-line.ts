import { duration, type Plan } from '@riffle/core';
import type { WizardContext } from '../context.ts';
import { estimateTime } from './estimate-time.ts';

/** A line that says how long the job may take, from a trial of about a second; or that nobody knows. */
export async function estimateLine(plan: Plan, { pipeline, jobOptions }: WizardContext): Promise<string> {
  const speeds = await pipeline.trial(plan, jobOptions);
  if (speeds === undefined) return 'Time: not known, since a trial was not possible.';
  const { least, most } = estimateTime(plan, speeds);
  const [from, to] = [rounded(least), rounded(most)];
  const range = from === to ? `about ${duration(to)}` : `${duration(from)} to ${duration(to)}`;
  return `Time: ${range}, an estimate from a short trial of this disk and codec.`;
}

/** As exact as an estimate is: whole seconds, then fives, then half minutes, then five minutes. */
function rounded(seconds: number): number {
  const step = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 600 ? 30 : 300;
  return Math.max(1, Math.round(seconds / step) * step);
}
