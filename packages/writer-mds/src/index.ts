export { createMdsWriter as default } from './mds-writer.ts';
export { optionsSchema } from './options.ts';
