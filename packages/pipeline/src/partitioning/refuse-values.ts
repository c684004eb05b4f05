import { RiffleError, type PartitionColumn } from '@riffle/core';
import { mostNameBytes, nullName, partitionName } from './partition-names.ts';
import type { PartitionValue } from './partition-value.ts';

/** Values that a result is divided by at most: each makes a file in almost every shard. */
const mostPartitions = 4096;

/** Characters of a value that a message shows. */
const shown = 40;

function invalid(column: string, why: string): RiffleError {
  return new RiffleError(
    'PARTITION_INVALID',
    `The result cannot be divided by ${column}: ${why}. Nothing was published.`,
    { column },
    { exitCode: 1 },
  );
}

/** @throws RiffleError `PARTITION_INVALID` if the value cannot be the name of a folder. */
export function refuseName({ column, kept }: PartitionColumn, value: PartitionValue): void {
  const bytes = partitionName(value).length;
  if (bytes > mostNameBytes)
    throw invalid(
      column,
      `the value ${JSON.stringify(value?.slice(0, shown))}… takes ${bytes} bytes as the name of a folder, and ${mostNameBytes} are possible`,
    );
  if (!kept && value === nullName)
    throw invalid(column, `readers of Hive's folders take the text ${nullName} for no value`);
  if (kept && bytes === 0)
    throw invalid(column, `an empty text is no name. The form ${column}={${column}}, of Hive's folders, can spell it`);
}

/** @throws RiffleError `PARTITION_INVALID` if there are more partitions than a result may have. */
export function refuseNumber(by: readonly PartitionColumn[], partitions: number): void {
  const columns = by.map(({ column }) => column).join(' and ');
  if (partitions > mostPartitions)
    throw invalid(
      columns,
      `there are more than ${mostPartitions} different values, each of which would make a file in almost every shard. Take a column with fewer`,
    );
}
