import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { failure } from './failure.mjs';

/** What the files of a glob hold. @param {string} glob */
export function contentOf(glob) {
  const result = spawnSync(process.execPath, [fileURLToPath(new URL('check-rows.mjs', import.meta.url)), glob], {
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`The rows of ${glob} could not be counted:\n${result.stderr}`);
  return JSON.parse(result.stdout);
}

/**
 * Compares an output with the input's content.
 * @param {ReturnType<typeof contentOf>} input
 * @param {string} glob
 * @param {number} [shards] How many even files there must be; any number of any size, if undefined.
 * @throws Error naming the first difference.
 */
export function checkOutput(input, glob, shards) {
  const output = contentOf(glob);
  const problem =
    shards !== undefined && output.files !== shards
      ? `${output.files} files instead of ${shards}`
      : shards !== undefined && output.largest - output.smallest > 1
        ? `shards of ${output.smallest} to ${output.largest} rows`
        : ['rows', 'columns', 'types', 'sum']
            .map((key) => (output[key] === input[key] ? '' : `${key} ${output[key]} instead of ${input[key]}`))
            .find(Boolean);
  if (problem) throw failure(`The output ${glob} is wrong: ${problem}.`, `wrong output: ${problem}`);
}
