/** The package.json of a new plugin; equal in shape to those of the first-party plugins. */
export function manifest({ role, format, directory }) {
  return {
    name: `@riffle/${directory}`,
    version: '0.0.0',
    description: DESCRIPTIONS[role](format),
    license: 'Apache-2.0',
    files: ['dist', '!**/*.tsbuildinfo'],
    type: 'module',
    sideEffects: false,
    exports: {
      '.': { '@riffle/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    dependencies: { '@riffle/core': 'workspace:*', ...DEPENDENCIES[role] },
    devDependencies: { '@riffle/testkit': 'workspace:*' },
    engines: { node: '>=20.19' },
    nx: { tags: [`role:${role}`] },
  };
}

const DESCRIPTIONS = {
  reader: (format) => `Reads ${format} files as Riffle fragments.`,
  writer: (format) => `Writes Riffle shards as ${format} files.`,
  shuffler: (format) => `The ${format} shuffler of Riffle.`,
  verifier: (format) => `The ${format} verifier of Riffle.`,
  storage: (format) => `Riffle storage on ${format}.`,
  layout: (format) => `The ${format} layout of Riffle: where shards lie.`,
};

/** What the stub imports beside the contracts. */
const DEPENDENCIES = {
  reader: { 'apache-arrow': 'catalog:' },
  writer: { 'apache-arrow': 'catalog:' },
};
