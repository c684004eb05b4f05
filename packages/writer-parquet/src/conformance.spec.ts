import { loadParquetWasm } from '@riffle/codec-parquet';
import { describeWriter, rowsOf, typeCatalogue } from '@riffle/testkit';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createWriter from './index.ts';

describeWriter(
  { describe, it, expect },
  {
    makeWriter: () => createWriter(),
    unsupported: Object.fromEntries(
      typeCatalogue
        .filter(({ type }) => type.startsWith('dictionary'))
        .map(({ type }) => [type, 'dictionary columns become values in the treaty']),
    ),
    readBack: async (bytes) =>
      tableFromIPC(loadParquetWasm().glue.readParquet(bytes).intoIPCStream()).batches.flatMap(rowsOf),
  },
);
