export { optionsSchema } from './options.ts';
export { createWebdatasetWriter, createWebdatasetWriter as default } from './webdataset-writer.ts';
