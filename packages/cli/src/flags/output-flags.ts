import type { Flag } from './flag.ts';

const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** The flags that every command which does work takes. People read stderr, programs read stdout. */
export const outputFlags: readonly Flag[] = [
  { name: '--json', help: 'write one JSON document to stdout: the report, or the error' },
  { name: '--quiet', help: 'write only warnings, errors and the closing line' },
  { name: '--verbose', help: 'write every lost shard, every stage, and the stack of an error' },
  {
    name: '--log-format',
    argument: 'FORMAT',
    help: 'what is written to stderr: lines for people, or one JSON object a line',
    default: 'text',
    choices: logFormats,
  },
];

/** The flags that only `plan` takes. */
export const planFlags: readonly Flag[] = [
  {
    name: '--save-recipe',
    argument: 'FILE',
    completes: 'file',
    help: 'write the recipe with the columns as agreed to a new file, so that the next run asks nothing',
  },
];

/** The flags that only `inspect` takes. */
export const inspectFlags: readonly Flag[] = [
  { name: '--rows', argument: 'N', help: 'rows shown of each path', default: '3', accepted: '0 to 1000' },
];

/** The flags that only `verify` takes. */
export const verifyFlags: readonly Flag[] = [
  {
    name: '--against-inputs',
    help: 'also read the inputs again, all their rows, from where the manifest says they were',
  },
  {
    name: '--input',
    argument: 'NAME=PATH',
    completes: 'collection',
    help: 'with --against-inputs: where a collection is now',
    repeatable: true,
  },
];

/** The flags that only `certify` takes. */
export const certifyFlags: readonly Flag[] = [
  {
    name: '--column',
    argument: 'NAME',
    help: 'judge the order of this column’s values, COLUMN.FIELD within a struct; without it the permutation of a result is judged',
  },
];
