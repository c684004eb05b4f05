import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Where the pages are put together for VitePress. Removed and made anew with each build. */
export const STAGE = fileURLToPath(new URL('../dist/stage', import.meta.url));
/** The site. Git ignores it. */
export const OUTPUT = fileURLToPath(new URL('../dist/site', import.meta.url));
/** Folder of the reference of the packages in the site. */
export const API = 'api';
export const THEME = fileURLToPath(new URL('../theme/index.mjs', import.meta.url));
