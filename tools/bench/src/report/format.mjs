/** How numbers stand in tables. All take what `spread` gives, or a number. */

export const seconds = ({ median, minimum, maximum }) =>
  minimum === maximum ? shortSeconds(median) : `${shortSeconds(median)} (${digits(minimum)}–${digits(maximum)})`;
export const shortSeconds = (value) => `${digits(value)} s`;
export const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
export const count = (value) => value.toLocaleString('en');
export const ratio = (value) => (value === undefined ? '' : value.toFixed(value < 0.1 ? 3 : 2));

/** Resident memory beyond a budget, both in bytes, as MiB with a sign. */
export function beyond(bytes, budget) {
  const mebibytes = Math.round((bytes - budget) / 2 ** 20);
  return `${mebibytes < 0 ? '−' : '+'}${count(Math.abs(mebibytes))} MiB`;
}

/** Two digits after the point where a tenth says too little. */
const digits = (value) => value.toFixed(value < 1 ? 2 : 1);

/** Rows of the same keys; a row may lack some. */
export function markdownTable(rows) {
  const columns = Object.keys(rows[0]);
  const cells = [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
