import { BadContentError, type FileSurvey, type ReadableFile, type Reader, type Writer } from '@riffle/core';
import { Table, tableFromIPC, tableToIPC } from 'apache-arrow';

/**
 * The least format that a reader and a writer can be made for: magic, one Arrow stream a batch, a JSON footer, its length, magic. Shows that the
 * conformance suites know nothing of Parquet, and is small enough to break on purpose.
 */
const magic = new TextEncoder().encode('TOYARROW');

interface Footer {
  readonly schema: string;
  readonly fragments: readonly { readonly offset: number; readonly length: number; readonly rows: number }[];
}

export function createToyReader(): Reader {
  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: 'toy',
    capabilities: Object.freeze({ rowCounts: 'metadata', access: 'random' }),
    extensions: ['.toy'],
    headBytes: magic.length,
    detect: (head) => Buffer.compare(head.subarray(0, magic.length), magic) === 0,
    survey: async (file, options = {}) => {
      options.signal?.throwIfAborted();
      const footer = await readFooter(file);
      return surveyOf(footer);
    },
    async *read(file, fragment, { targetBatchBytes, signal }) {
      signal?.throwIfAborted();
      const place = (await readFooter(file)).fragments[fragment];
      if (place === undefined) throw new RangeError(`There is no fragment ${fragment}.`);
      for (const batch of tableFromIPC(await file.read(place.offset, place.length)).batches) {
        const step = Math.max(1, Math.floor((targetBatchBytes / place.length) * batch.numRows));
        for (let start = 0; start < batch.numRows; start += step) {
          signal?.throwIfAborted();
          yield batch.slice(start, Math.min(batch.numRows, start + step));
        }
      }
    },
  };
}

export function createToyWriter(): Writer {
  return {
    specificationVersion: 'v1',
    role: 'writer',
    name: 'toy',
    capabilities: Object.freeze({ compression: ['none'] as const }),
    extension: '.toy',
    create: async (target, { schema }, options) => {
      const columns = schema.fields.map((field) => `${field.name}: ${field.type}`).join();
      const fragments: { offset: number; length: number; rows: number }[] = [];
      let end = magic.length;
      let started = false;
      const put = async (bytes: Uint8Array): Promise<void> => {
        if (!started) await target.write(magic);
        started = true;
        await target.write(bytes);
      };
      return {
        write: async (batch) => {
          options?.signal?.throwIfAborted();
          if (batch.schema.fields.map((field) => `${field.name}: ${field.type}`).join() !== columns)
            throw new TypeError('The batch has other columns than the file.');
          const bytes = tableToIPC(new Table([batch]), 'stream');
          await put(bytes);
          fragments.push({ offset: end, length: bytes.length, rows: batch.numRows });
          end += bytes.length;
        },
        close: async () => {
          const footer = Buffer.from(
            JSON.stringify({
              schema: Buffer.from(tableToIPC(new Table(schema), 'stream')).toString('base64'),
              fragments,
            } satisfies Footer),
          );
          const length = Buffer.alloc(4);
          length.writeUInt32LE(footer.length);
          await put(Buffer.concat([footer, length, magic]));
          return { rows: fragments.reduce((sum, fragment) => sum + fragment.rows, 0) };
        },
        abort: async () => undefined,
      };
    },
  };
}

async function readFooter(file: ReadableFile): Promise<Footer> {
  const tailLength = magic.length + 4;
  if (file.size < magic.length + tailLength) throw new BadContentError('It is too short for a toy file.');
  const tail = Buffer.from(await file.read(file.size - tailLength, tailLength));
  if (Buffer.compare(tail.subarray(4), magic) !== 0) throw new BadContentError('It does not end as toy files end.');
  const length = tail.readUInt32LE(0);
  return JSON.parse(Buffer.from(await file.read(file.size - tailLength - length, length)).toString()) as Footer;
}

function surveyOf({ schema, fragments }: Footer): FileSurvey {
  return {
    rows: fragments.reduce((sum, fragment) => sum + fragment.rows, 0),
    fragments: fragments.map(({ rows, length }) => ({ rows, bytes: length })),
    schema: new Uint8Array(Buffer.from(schema, 'base64')),
    columns: [],
    warnings: [],
  };
}
