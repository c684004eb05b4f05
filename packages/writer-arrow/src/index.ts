export { createArrowWriter, createArrowWriter as default } from './arrow-writer.ts';
