import type { Flag } from './flag.ts';

export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** The flags that every command which does work takes. People read stderr, programs read stdout. */
export const outputFlags: readonly Flag[] = [
  { name: '--json', help: 'write one JSON document to stdout: the report, or the error' },
  { name: '--quiet', help: 'write only warnings, errors and the closing line to stderr' },
  { name: '--verbose', help: 'write every lost shard and stage to stderr' },
  {
    name: '--log-format',
    argument: 'FORMAT',
    help: 'what is written to stderr',
    default: 'text',
    accepted: logFormats.join(', '),
  },
];

/** The flags that only `verify` takes. */
export const verifyFlags: readonly Flag[] = [
  { name: '--against-inputs', help: 'also read the inputs again', unfinished: true },
];
