export { createJsonlReader as default } from './jsonl-reader.ts';
export { optionsSchema } from './options.ts';
