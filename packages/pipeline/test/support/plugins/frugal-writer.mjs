import createParquetWriter, { prepare } from '@riffle/writer-parquet';

export { prepare };

/** The Parquet writer, claiming to need next to no memory: so small budgets, and with them many buckets, are possible for small data. */
export default function createFrugalWriter(options, shared) {
  return { ...createParquetWriter(options, shared), estimateHeldBytes: () => 2 ** 20 };
}
