import { memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import createArrowReader from '../../src/index.ts';

const limits = { decodedBytes: 2 ** 24, ratio: 10 };

/** All rows of a file, read as the pipeline does. */
export async function readAll(bytes: Uint8Array): Promise<readonly CanonicalRow[]> {
  const reader = createArrowReader();
  const file = memoryFile('/any.arrow', bytes);
  const rows: CanonicalRow[] = [];
  for (const fragment of (await reader.survey(file)).fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20, limits }))
      rows.push(...rowsOf(batch));
  return rows;
}
