import { duckdb } from './duckdb.mjs';
import { copy, transcode } from './floors.mjs';
import { polars } from './polars.mjs';
import { riffle, riffleWithCounts, riffleWithWorkers } from './riffle.mjs';
import { script } from './script.mjs';

/**
 * Everything that takes turns on a workload, in this order.
 * @param {readonly string[]} riffleArgs Further flags of Riffle.
 * @param {string | undefined} python The interpreter of the scripts, if not the usual one.
 */
export function allEngines(riffleArgs, python) {
  return [
    riffle(riffleArgs),
    riffleWithCounts(riffleArgs),
    riffleWithWorkers(riffleArgs, 1),
    riffleWithWorkers(riffleArgs, 4),
    duckdb,
    polars(python),
    script(python),
    transcode,
    copy,
  ];
}
