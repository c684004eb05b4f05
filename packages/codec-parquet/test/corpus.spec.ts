import { readFileSync } from 'node:fs';
import { isBadContent } from '@riffle/core';
import { memoryFile } from '@riffle/testkit';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { loadParquetWasm, readFooter, schemaOnlyFile } from '../src/index.ts';
import { corpusFiles } from './corpus.ts';

const { glue } = loadParquetWasm();

/** The codec refuses these footers for list types that the schema has nothing to do with; cut out, the schema can be read. */
const onlyOurs = /dict-page-offset-zero|ARROW-GH-41317/;
/** Footers that are refused: a type that there is not, and counts that disagree. */
const refused = /PARQUET-1481|repeated_no_annotation/;

const files = corpusFiles(/\.parquet$/);

function schemaOf(bytes: Uint8Array): unknown {
  const { schema } = tableFromIPC(glue.readSchema(bytes).intoIPCStream());
  return {
    text: String(schema),
    fields: JSON.stringify(schema.fields),
    metadata: [...schema.metadata].map((entry) => entry.join('=')).toSorted(),
  };
}

describe.skipIf(files.length === 0)('real files', () => {
  test.each(files.map(({ name, location }) => [name, location] as const))(
    'the schema of %s survives in a file of its own',
    async (name, location) => {
      const bytes = readFileSync(location);
      const footer = await readFooter(memoryFile(location, bytes)).catch((error: unknown) => error);
      if (refused.test(name)) {
        expect(isBadContent(footer)).toBe(true);
        return;
      }
      const ours = schemaOf(schemaOnlyFile(footer as Exclude<typeof footer, unknown>));
      if (onlyOurs.test(name)) expect(() => schemaOf(bytes)).toThrow('Expected list element type');
      else expect(ours).toEqual(schemaOf(bytes));
    },
  );
});
