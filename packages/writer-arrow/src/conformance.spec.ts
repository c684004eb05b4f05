import createArrowReader from '@riffle/reader-arrow';
import { describeWriter, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import createArrowWriter from './index.ts';

async function readBack(bytes: Uint8Array): Promise<CanonicalRow[]> {
  const reader = createArrowReader();
  const file = memoryFile('/written.arrow', bytes);
  const rows: CanonicalRow[] = [];
  for (const fragment of (await reader.survey(file)).fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 24 })) rows.push(...rowsOf(batch));
  return rows;
}

describeWriter({ describe, it, expect }, { makeWriter: () => createArrowWriter(), readBack });
