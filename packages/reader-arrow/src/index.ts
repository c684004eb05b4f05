export { createArrowReader, createArrowReader as default } from './arrow-reader.ts';
