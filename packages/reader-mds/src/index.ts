export { createMdsReader as default } from './mds-reader.ts';
export { optionsSchema } from './options.ts';
