import { RiffleError } from '@riffle/core';
import type { OutputState } from '../publishing/output-state.ts';

function describe(output: string, { finished, interrupted, others }: OutputState): string {
  if (finished)
    return `The output folder ${output} already holds a finished result. Give --overwrite to replace it once the new one is verified, or choose another folder.`;
  if (interrupted.length > 0)
    return `The output folder ${output} holds the work of an interrupted run. Give --resume to go on with it, --overwrite to start afresh, or choose another folder.`;
  const things = others.length === 1 ? others[0]! : `${others.length} things, for instance ${others[0]!}`;
  return `The output folder ${output} is not empty: it holds ${things}. Choose an empty or new folder, or give --overwrite to write into this one.`;
}

/**
 * Refuses an output folder that holds something, unless the job is to replace it or to go on with it.
 * @throws OUTPUT_NOT_EMPTY
 */
export function refuseOccupied(
  output: string,
  state: OutputState,
  { overwrite, resume }: { readonly overwrite: boolean; readonly resume: boolean },
): void {
  const { finished, interrupted, others } = state;
  const begun = finished || interrupted.length > 0;
  if (overwrite || (resume && begun) || (!begun && others.length === 0)) return;
  throw new RiffleError('OUTPUT_NOT_EMPTY', describe(output, state), {
    output,
    entries: others.length,
    finished,
    interrupted: interrupted.length > 0,
  });
}
