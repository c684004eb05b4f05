export { createJsonlWriter as default } from './jsonl-writer.ts';
export { optionsSchema } from './options.ts';
