import { isRiffleError, type ErrorCode } from '@riffle/core';
import { hasSteering } from '../render/wording.ts';
import { shellQuote } from '../wizard/shell-quote.ts';

export interface NextQuestion {
  readonly error: unknown;
  /** The command line as it was given, without the program. */
  readonly words: readonly string[];
  readonly resumable: boolean;
  /** As people write it; undefined where there is no job. */
  readonly output: string | undefined;
  /** Paths of collections by name, as people write them. */
  readonly collections: ReadonlyMap<string, string>;
  /** The commands that this version has. */
  readonly commands: ReadonlySet<string>;
}

const aboutInputs: ReadonlySet<ErrorCode> = new Set([
  'BAD_SHARD',
  'BAD_CONTENT',
  'UNSUPPORTED_CONTENT',
  'LOSS_TOO_HIGH',
  'NO_ROWS',
]);
const aboutPlan: ReadonlySet<ErrorCode> = new Set(['SCHEMA_CONFLICT', 'MEMORY_TOO_SMALL', 'SHARDS_EXCEED_ROWS']);
const again: ReadonlySet<ErrorCode> = new Set([
  'FILE_CHANGED',
  'OUTPUT_LOCKED',
  'DISK_TOO_SMALL',
  'STORAGE_FAILED',
  'WORKER_FAILED',
  'CANCELLED',
]);

/** The command to type after a failure, ready to be copied, or undefined where only people can know. */
export function nextCommand(question: NextQuestion): string | undefined {
  const words = nextWords(question);
  // What would steer the terminal cannot be shown, and so not be copied.
  return words === undefined || words.some(hasSteering) ? undefined : ['riffle', ...words].map(shellQuote).join(' ');
}

function nextWords({ error, words, resumable, output, collections, commands }: NextQuestion): string[] | undefined {
  if (resumable) return withFlag(words, '--resume', '--overwrite');
  if (!isRiffleError(error)) return undefined;
  const { code, details } = error;
  const [command] = words;
  // Where there is nothing, there is nothing to look at, and help would not find it.
  if (/does not exist/.test(error.message) && ['USAGE', 'NOT_A_RESULT'].includes(code)) return undefined;
  if (code === 'RECIPE_INVALID' && words.length === 1 && commands.has('init')) return ['init'];
  if (code === 'USAGE') return command !== undefined && commands.has(command) ? [command, '--help'] : ['--help'];
  if (code === 'OUTPUT_NOT_EMPTY' && details['interrupted'] === true) return withFlag(words, '--resume', '--overwrite');
  if (code === 'OUTPUT_NOT_EMPTY' && details['finished'] === true && output !== undefined) return ['verify', output];
  if (command === 'run' && aboutPlan.has(code)) return ['plan', ...words.slice(1).filter((word) => word !== '--json')];
  if (command === 'run' && again.has(code)) return [...words];
  if (code === 'VERIFICATION_FAILED' && command === 'run') return [...words];
  if (!commands.has('inspect')) return undefined;
  if (code === 'NOT_A_RESULT') return ['inspect', words[1] ?? '.'];
  if (!aboutInputs.has(code)) return undefined;
  const { collection, shard } = details;
  const path = collections.get(collection ?? '') ?? [...collections.values()][0];
  if (path === undefined) return undefined;
  return ['inspect', collection === undefined || shard === undefined ? path : `${path.replace(/\/+$/, '')}/${shard}`];
}

/** The user's own words with one flag more, and without another. */
function withFlag(words: readonly string[], wanted: string, unwanted: string): string[] {
  const kept = words.filter((word) => word !== unwanted);
  return kept.includes(wanted) ? kept : [...kept, wanted];
}
