/** Plugins that the command names by URL, for workers: each is an entry of the bundle. */
export const plugins = [
  'reader-parquet',
  'reader-webdataset',
  'reader-arrow',
  'reader-jsonl',
  'reader-csv',
  'reader-mds',
  'writer-parquet',
  'writer-webdataset',
  'writer-arrow',
  'writer-jsonl',
  'writer-mds',
  'layout-pattern',
  'shuffler',
  'storage-file',
  'verifier',
];

const version = {
  from: /createRequire\(import\.meta\.url\)\('(?:\.\.\/)+package\.json'\)/,
  to: '{ version: RIFFLE_VERSION }',
};

/**
 * What a module says by its own place on the disk, which is another in the bundle. By the module's path below `packages`; each must
 * be found exactly `times` times, so that a change of the sources cannot go unnoticed.
 * @type {Readonly<Record<string, { readonly from: RegExp, readonly to: string, readonly times?: number }>>}
 */
export const replacements = {
  'cli/dist/plugins.js': {
    from: /import\.meta\.resolve\('@riffle\/([a-z-]+)'\)/g,
    to: "new URL('./$1.js', import.meta.url).href",
    times: plugins.length,
  },
  'pipeline/dist/pool/lane.js': { from: /'\.\.\/\.\.\/dist\/pool\/worker-entry\.cjs'/, to: "'./worker-entry.cjs'" },
  'pipeline/dist/publishing/riffle-version.js': version,
  'writer-parquet/dist/created-by.js': version,
};

/**
 * Modules that ask for their own place and are right in the bundle, too: it lies as deep in its package as `dist`, and its package
 * depends on what they resolve.
 */
export const rightAnywhere = new Set([
  'cli/dist/version.js',
  'codec-parquet/dist/parquet-wasm.js',
  'codec-parquet/dist/fresh-glue.js',
]);
