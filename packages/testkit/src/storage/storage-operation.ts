/** Everything a storage does that can be made to fail; the last four on open files, `read` by `readInto` too. */
export const storageOperations = [
  'realLocation',
  'stat',
  'list',
  'open',
  'create',
  'makeFolder',
  'syncFolder',
  'rename',
  'remove',
  'freeSpace',
  'read',
  'write',
  'sync',
  'close',
] as const;

export type StorageOperation = (typeof storageOperations)[number];

/** The operations that change what is on the disk: between two of them, it makes no difference when a process dies. */
export const changingOperations: readonly StorageOperation[] = [
  'create',
  'makeFolder',
  'syncFolder',
  'rename',
  'remove',
  'write',
  'sync',
];
