import { counted } from '@riffle/core';
import type { OutputFacts } from './output-facts.ts';

export interface Failure {
  /** The output folder as people write it. */
  readonly output: string;
  readonly before: OutputFacts | undefined;
  readonly after: OutputFacts | undefined;
  /** Whether the job had begun to move shards to their final names. */
  readonly publishing: boolean;
  /** Whether the job left its work for `--resume`. */
  readonly resumable: boolean;
}

/** What became of the output folder of a job that failed, in a sentence or two. */
export function outputSentence({ output, before, after, publishing, resumable }: Failure): string {
  if (after === undefined) return `This run published nothing that is known of: ${output} cannot be looked into.`;
  if (!after.exists) return `The output folder ${output} does not exist.`;
  const kept = resumable ? ' What was done is kept in it, to go on with.' : '';
  if (after.manifest !== undefined && after.manifest === before?.manifest)
    return `The output folder ${output} holds the result that it held before, untouched.${kept}`;
  if (after.manifest !== undefined)
    return `The output folder ${output} holds a new result with its manifest; what failed came after it.`;
  if (publishing)
    return `The output folder ${output} has no manifest and is no result: the job failed while publishing, and some shards may be at their names.${kept}`;
  const losses = after.losses ? `; each loss is a line of ${output}/.riffle/lost.jsonl` : '';
  if (after.others > 0)
    return `The output folder ${output} holds no result, and ${counted(after.others, 'thing')} in it that ${after.others === 1 ? 'is' : 'are'} not of this run, untouched${losses}.${kept}`;
  return `The output folder ${output} holds no result${kept === '' ? ', at most a log in .riffle' : ''}${losses}.${kept}`;
}
