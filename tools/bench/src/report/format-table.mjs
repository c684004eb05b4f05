import { median } from '../statistics.mjs';
import { count, megabytes } from './format.mjs';

const perSecond = (bytes, seconds) =>
  seconds.length === 0 ? '' : `${Math.round(bytes / 1e6 / median(seconds)).toLocaleString('en')} MB/s`;

/** One row for each format and workload. @param {readonly object[]} results Of the section `formats`. */
export function formatTable(results) {
  return results.map(({ format, workload, rows, arrowBytes, fileBytes, library, seconds }) => ({
    format,
    'rows of': workload,
    rows: count(rows),
    'as Arrow': megabytes(arrowBytes),
    file: megabytes(fileBytes),
    'written at': perSecond(arrowBytes, seconds.write),
    'read at': perSecond(arrowBytes, seconds.read),
    'rests on': library,
  }));
}
