import type { Recipe } from './recipe.ts';

/** Each key of a recipe in a sentence or two, in the order of the schema: the reference is made from this. */
export const recipeMeanings = {
  collections:
    'the inputs, in order: `name` (unique), `path` (a folder of shards, or one file), and optionally `expect`',
  output: 'the folder for the result',
  shards: 'number of output shards, at most one for each row',
  seed: 'the seed of the shuffle: text, used verbatim',
  memory: 'bytes of data held in all threads; a number or a size such as `256MB` (10^6) or `64MiB` (2^20)',
  workers: 'worker threads; more than these CPUs are refused',
  strategy: 'where rows wait for their shard: `auto`, `memory`, `spill` or `passes`',
  tempDir: 'the folder for spilled rows',
  compression: 'the codec of the output',
  rowGroupBytes: 'Arrow data in one row group of the output; less where the Hub could not show it',
  profile:
    'what the encodings of the output are chosen for: `balanced` (no larger than needed, in little time), `smallest` or `fastest`',
  schema:
    '`widen`: collections may differ as far as no value is lost. `strict`: but for the order of columns and nullability they must be the same',
  columns: 'what is to become of columns: `select`, `drop`, `rename`, `cast`, `features`, `default`',
  onBadShard: '`skip` a shard that cannot be read and report it, `salvage` what can be read of it, or `fail`',
  maxLoss: 'how much may be lost: the larger of lost shards of those expected, and lost rows of those known',
  verify: '`full` reads every row back, `counts` reads footers and sizes',
  overwrite:
    'replace the result in the output folder once the new one is verified. Where there is neither a manifest nor interrupted work, files named like shards are moved to `.riffle/set-aside-…`',
  card: 'write a dataset card for the Hugging Face Hub, `README.md`, beside the shards; one that you wrote or changed is left alone',
  stallSeconds:
    'a worker in which nothing happens for so many seconds, no batch decoded, no byte read or written, has hung: its unit is tried again, then the job fails. The result does not depend on it',
  limits:
    '`decodedBytes` and `decodedRatio`: a file that decodes to more than both is a decompression bomb and makes a bad shard',
  plugins:
    '`readers` (a list, asked before the first-party ones), `writer`, `shuffler`, `storage`, `verifier`: each `{ specifier, options }`',
} as const satisfies Readonly<Record<keyof Recipe, string>>;
