import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string };

/** Names the program in every footer. Depends on nothing but the version of this package. */
export const CREATED_BY = `riffle version ${version}`;
