/**
 * A format of Riffle's own whose reader and writer are measured alone.
 * @typedef {object} Format
 * @property {string} reader URL of the package.
 * @property {string} [writer] The same. Without one, DuckDB makes the file.
 * @property {string} file Name of the file, with the ending that the format goes by.
 * @property {string} library What reader and writer rest on, beside Riffle's own code, …
 * @property {string} owner … and the package that has it.
 * @property {readonly string[]} workloads Whose rows it can hold.
 */

/** @type {Readonly<Record<string, Format>>} */
export const formats = {
  parquet: {
    reader: import.meta.resolve('@riffle/reader-parquet'),
    writer: import.meta.resolve('@riffle/writer-parquet'),
    file: 'shard.parquet',
    library: 'parquet-wasm',
    owner: import.meta.resolve('@riffle/codec-parquet'),
    workloads: ['tokens', 'audio', 'narrow'],
  },
  arrow: {
    reader: import.meta.resolve('@riffle/reader-arrow'),
    writer: import.meta.resolve('@riffle/writer-arrow'),
    file: 'shard.arrow',
    library: 'apache-arrow',
    owner: import.meta.resolve('@riffle/reader-arrow'),
    workloads: ['tokens', 'audio', 'narrow'],
  },
  jsonl: {
    reader: import.meta.resolve('@riffle/reader-jsonl'),
    writer: import.meta.resolve('@riffle/writer-jsonl'),
    file: 'shard.jsonl',
    library: 'json-custom-numbers',
    owner: import.meta.resolve('@riffle/codec-text'),
    workloads: ['tokens', 'narrow'],
  },
  csv: {
    reader: import.meta.resolve('@riffle/reader-csv'),
    file: 'shard.csv',
    library: 'papaparse',
    owner: import.meta.resolve('@riffle/reader-csv'),
    workloads: ['narrow'],
  },
  webdataset: {
    reader: import.meta.resolve('@riffle/reader-webdataset'),
    writer: import.meta.resolve('@riffle/writer-webdataset'),
    file: 'shard.tar',
    library: 'json-custom-numbers',
    owner: import.meta.resolve('@riffle/codec-text'),
    workloads: ['tokens', 'audio'],
  },
  mds: {
    reader: import.meta.resolve('@riffle/reader-mds'),
    writer: import.meta.resolve('@riffle/writer-mds'),
    file: 'shard.mds',
    library: 'json-custom-numbers',
    owner: import.meta.resolve('@riffle/codec-text'),
    workloads: ['tokens', 'audio'],
  },
};
