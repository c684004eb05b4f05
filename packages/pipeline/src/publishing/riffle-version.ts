import { createRequire } from 'node:module';

/** The version of this package, and so of Riffle. */
export const riffleVersion: string = (createRequire(import.meta.url)('../../package.json') as { version: string })
  .version;
