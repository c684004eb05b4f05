// A reader of text files, a row a line, as somebody outside of Riffle writes one in TypeScript.
import { BadContentError, type FileSurvey, type ReadableFile, type Reader } from '@riffle/core';
import { schemaToBytes } from '@riffle/columnar';
import { Field, makeData, RecordBatch, Schema, Struct, Utf8, vectorFromArray } from 'apache-arrow';

const schema = new Schema([new Field('text', new Utf8(), false)]);

async function linesOf(file: ReadableFile): Promise<string[]> {
  const text = new TextDecoder().decode(await file.read(0, file.size));
  if (!text.endsWith('\n')) throw new BadContentError('Its last line has no end.', { kind: 'truncated' });
  return text.split('\n').slice(0, -1);
}

async function survey(file: ReadableFile): Promise<FileSurvey> {
  const { length: rows } = await linesOf(file);
  return { rows, fragments: [{ rows, bytes: file.size }], schema: schemaToBytes(schema), columns: [], warnings: [] };
}

export default function createLinesReader(): Reader {
  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: 'lines',
    capabilities: Object.freeze({ rowCounts: 'scan', access: 'sequential' }),
    extensions: ['.txt'],
    headBytes: 0,
    detect: () => false,
    survey,
    async *read(file) {
      const lines = await linesOf(file);
      const { data } = vectorFromArray(lines, new Utf8());
      yield new RecordBatch(
        schema,
        makeData({ type: new Struct(schema.fields), length: lines.length, children: [data[0]!] }),
      );
    },
  };
}
