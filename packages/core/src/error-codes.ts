/** Every permanent error code, its exit status, and what it means in one sentence. The docs' table is made from this. */
export const errorTable = {
  RECIPE_INVALID: { exit: 2, meaning: 'The recipe or a flag has values that cannot be used; every problem is listed.' },
  USAGE: { exit: 2, meaning: 'The command line cannot be understood.' },
  NOT_AVAILABLE: { exit: 2, meaning: 'The option or command exists in the design but not in this version.' },
  OUTPUT_NOT_EMPTY: {
    exit: 2,
    meaning: 'The output folder holds something and neither --overwrite nor --resume was given.',
  },
  OUTPUT_LOCKED: { exit: 1, meaning: 'Another run is writing into the output folder.' },
  RESUME_REFUSED: {
    exit: 2,
    meaning: 'What --resume should go on with is another job: inputs, recipe or version changed since.',
  },
  OUTPUT_NOT_WRITABLE: { exit: 2, meaning: 'A file could not be created in the output folder.' },
  OVERLAPPING_FOLDERS: { exit: 2, meaning: 'Output, temp folder and inputs lie inside each other.' },
  MEMORY_TOO_SMALL: {
    exit: 2,
    meaning: 'The memory budget is below what one worker, or the strategy asked for, needs at least.',
  },
  DISK_TOO_SMALL: { exit: 1, meaning: 'The free disk space is below what the plan needs.' },
  SHARDS_EXCEED_ROWS: {
    exit: 2,
    meaning: 'More output shards than rows: some would be empty. Exit 1 when losses brought it about.',
  },
  PARTITION_INVALID: {
    exit: 2,
    meaning:
      'The result cannot be partitioned as the layout says: by its columns, its format, or their values. Exit 1 when a value shows it.',
  },
  NO_ROWS: { exit: 1, meaning: 'No collection holds any row.' },
  SCHEMA_CONFLICT: {
    exit: 1,
    meaning: 'Collections mean different things by a column, or differ at all under `schema: strict`.',
  },
  BAD_SHARD: { exit: 1, meaning: 'A shard cannot be used and --on-bad-shard is fail.' },
  BAD_CONTENT: { exit: 1, meaning: 'A file is damaged or is not what its name promises. Makes a bad shard.' },
  UNSUPPORTED_CONTENT: {
    exit: 1,
    meaning: 'A file holds a type or value that would not survive unchanged. Makes a bad shard.',
  },
  LOSS_TOO_HIGH: { exit: 4, meaning: 'More was lost than --max-loss allows; this run published nothing.' },
  FILE_CHANGED: { exit: 1, meaning: 'An input file changed while the job was reading it.' },
  STORAGE_FAILED: { exit: 1, meaning: 'The operating system refused a file operation.' },
  WORKER_FAILED: { exit: 1, meaning: 'A unit of work failed twice, the second time alone in a fresh worker.' },
  VERIFICATION_FAILED: { exit: 3, meaning: 'A written shard is not what the plan says.' },
  NOT_A_RESULT: { exit: 2, meaning: 'The folder has no manifest, so it is not a result of Riffle.' },
  NOT_SHUFFLED: { exit: 5, meaning: 'The rows are not in the order of a fair shuffle.' },
  TOO_FEW_ROWS: { exit: 5, meaning: 'There are too few rows, or too few that differ, to judge their order.' },
  PLUGIN_INVALID: { exit: 2, meaning: 'A plugin could not be loaded or breaks the contract.' },
  CANCELLED: { exit: 1, meaning: 'The job was stopped by its signal.' },
  INTERNAL: { exit: 1, meaning: 'A bug in Riffle.' },
} as const satisfies Record<string, { readonly exit: number; readonly meaning: string }>;

export type ErrorCode = keyof typeof errorTable;
