export { createCsvReader as default } from './csv-reader.ts';
export { optionsSchema } from './options.ts';
