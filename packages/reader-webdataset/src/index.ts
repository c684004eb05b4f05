export { optionsSchema } from './options.ts';
export { createWebdatasetReader, createWebdatasetReader as default } from './webdataset-reader.ts';
