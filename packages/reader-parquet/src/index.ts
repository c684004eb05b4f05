export { createParquetReader, createParquetReader as default, prepare } from './parquet-reader.ts';
