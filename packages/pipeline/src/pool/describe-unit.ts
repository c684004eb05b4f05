import type { StageName } from '@riffle/core';
import type { TaskKind, TaskTypes } from './tasks.ts';

type Describers = { readonly [Kind in TaskKind]: (task: TaskTypes[Kind]['task']) => string };

/** The stage that each kind of unit belongs to, as users know it. */
export const stageOf: { readonly [Kind in TaskKind]: StageName } = {
  examine: 'survey',
  sample: 'plan',
  tune: 'plan',
  try: 'plan',
  scatter: 'scatter',
  gather: 'gather',
  certify: 'publish',
  check: 'verify',
  checkFiles: 'verify',
  reread: 'verify',
  inspect: 'survey',
  preview: 'survey',
  pick: 'verify',
  column: 'verify',
};

const listed = (names: readonly string[]) =>
  names.length <= 2 ? names.join(' and ') : `${names[0]} and ${names.length - 1} others`;
const unique = (names: readonly string[]) => [...new Set(names)];

const describers: Describers = {
  examine: ({ files }) => `reading the metadata of ${listed(files.map((file) => file.location))}`,
  sample: ({ collections }) => `taking a sample of ${collections.length} collections`,
  tune: () => 'choosing encodings',
  try: ({ place }) => `trying disk and codec with ${place.location}`,
  scatter: ({ fragments }) => `decoding ${listed(unique(fragments.map((fragment) => fragment.location)))}`,
  gather: ({ buckets: [from, to] }) => `writing the shards of buckets ${from} to ${to - 1}`,
  certify: () => 'judging the order of the rows',
  check: ({ shards }) => `reading back ${listed(shards.map((shard) => shard.file))}`,
  checkFiles: () => 'checking what an interrupted run left',
  reread: ({ fragments }) => `reading again ${listed(unique(fragments.map((fragment) => fragment.location)))}`,
  inspect: ({ files }) => `reading the metadata of ${listed(files.map((file) => file.location))}`,
  preview: ({ location }) => `reading the first rows of ${location}`,
  pick: ({ shards }) => `looking up rows of ${listed(shards.map((shard) => shard.location))}`,
  column: ({ path, fragments }) =>
    `reading column ${path.join('.')} of ${listed(unique(fragments.map((fragment) => fragment.location)))}`,
};

/** What a unit does, as a part of a sentence. */
export function describeUnit<Kind extends TaskKind>(kind: Kind, task: TaskTypes[Kind]['task']): string {
  return describers[kind](task);
}
