import { compressionCodecs, exactByteSize, writerProfiles } from '@riffle/core';
import { badShardPolicies, recipeLimits, recipeSchema, strategies, verifyDepths } from '@riffle/core/recipe';
import type { Flag } from './flag.ts';

/** Every default of the schema, taken from the schema. */
const defaults = recipeSchema.parse({ collections: [{ name: 'any', path: 'any' }], output: 'any' });

const { shards, rowGroupBytes, expect } = recipeLimits;

/** The flags of `run` and `plan` that change the recipe, in the order of the help. */
export const recipeFlags: readonly Flag[] = [
  {
    name: '--input',
    argument: 'NAME=PATH',
    help: 'a collection: a folder of shards, or one file; the recipe’s collections are replaced',
    repeatable: true,
  },
  { name: '--output', argument: 'DIR', key: 'output', value: 'path', help: 'the folder for the result' },
  {
    name: '--shards',
    argument: 'N',
    key: 'shards',
    value: 'number',
    help: 'number of output shards',
    default: String(defaults.shards),
    accepted: `${shards.minimum} to ${shards.maximum}`,
  },
  {
    name: '--seed',
    argument: 'TEXT',
    key: 'seed',
    value: 'text',
    help: 'the seed of the shuffle, used verbatim',
    default: defaults.seed,
  },
  {
    name: '--memory',
    argument: 'SIZE',
    key: 'memory',
    value: 'text',
    help: 'bound for the data held in all threads, such as 256MB or 4GiB',
    default: 'half of what is free',
  },
  {
    name: '--workers',
    argument: 'N',
    key: 'workers',
    value: 'number',
    help: 'worker threads',
    default: 'the CPUs this process may use, which is also the maximum',
  },
  {
    name: '--strategy',
    argument: 'NAME',
    key: 'strategy',
    value: 'text',
    help: 'where rows wait for their shard',
    default: defaults.strategy,
    accepted: strategies.join(', '),
  },
  {
    name: '--temp-dir',
    argument: 'DIR',
    key: 'tempDir',
    value: 'path',
    help: 'the folder for spilled rows',
    default: 'in the output',
  },
  {
    name: '--compression',
    argument: 'CODEC',
    key: 'compression',
    value: 'text',
    help: 'the codec of the output',
    default: defaults.compression,
    accepted: compressionCodecs.join(', '),
  },
  {
    name: '--row-group-bytes',
    argument: 'SIZE',
    key: 'rowGroupBytes',
    value: 'text',
    help: 'Arrow data in one row group of the output',
    default: exactByteSize(defaults.rowGroupBytes),
    accepted: `${exactByteSize(rowGroupBytes.minimum)} to ${exactByteSize(rowGroupBytes.maximum)}`,
  },
  {
    name: '--profile',
    argument: 'NAME',
    key: 'profile',
    value: 'text',
    help: 'what the encodings of the output are chosen for: size and time, size, or time',
    default: defaults.profile,
    accepted: writerProfiles.join(', '),
  },
  {
    name: '--expect',
    argument: 'N',
    help: 'shards that every collection should have; those not there are reported as missing',
    accepted: `${expect.minimum} to ${expect.maximum}`,
  },
  {
    name: '--on-bad-shard',
    argument: 'POLICY',
    key: 'onBadShard',
    value: 'text',
    help: 'what to do about a shard that cannot be read',
    default: defaults.onBadShard,
    accepted: badShardPolicies.join(', '),
  },
  {
    name: '--max-loss',
    argument: 'PERCENT',
    key: 'maxLoss',
    value: 'text',
    help: 'fail if more is lost: the larger of lost shards and lost rows',
    default: `${defaults.maxLoss}%`,
    accepted: '0% to 100%',
  },
  {
    name: '--verify',
    argument: 'DEPTH',
    key: 'verify',
    value: 'text',
    help: 'full reads every row back, counts reads footers and sizes',
    default: defaults.verify,
    accepted: verifyDepths.join(', '),
  },
  {
    name: '--resume',
    help: 'go on with an interrupted job; start it if nothing is begun, verify it if it is finished',
  },
  {
    name: '--overwrite',
    key: 'overwrite',
    help: 'replace what is in the output folder once the new result is verified',
  },
  {
    name: '--card',
    key: 'card',
    help: 'write a dataset card for the Hugging Face Hub, README.md, beside the shards; one that you edited is left alone',
  },
  {
    name: '--set',
    argument: 'KEY=JSON',
    help: 'any other value of the recipe, such as limits.decodedBytes=4000000000',
    repeatable: true,
  },
];
