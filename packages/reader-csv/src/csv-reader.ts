import { createRowBuilder, givenTypes, heldByZstd, type Cell } from '@riffle/codec-text';
import { schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import { BadContentError, RiffleError, type JsonValue, type ReadableFile, type Reader } from '@riffle/core';
import type { Schema } from 'apache-arrow';
import { atLine, badRow } from './bad-row.ts';
import { cellOfText } from './cell-of-text.ts';
import { csvRows } from './csv-rows.ts';
import { findColumns, type ColumnOptions } from './find-columns.ts';
import { NAME, parseOptions } from './options.ts';

const capabilities = Object.freeze({ rowCounts: 'scan', access: 'sequential' } as const);

const plain = ['.csv', '.tsv'];
const extensions = Object.freeze(['', '.gz', '.zst'].flatMap((codec) => plain.map((ending) => `${ending}${codec}`)));

/**
 * A reader of CSV and TSV (RFC 4180, in UTF-8), plain, gzip or zstd. A file is one fragment, since a line end may stand in quotes. Files are known by their
 * ending alone. Options are described in `optionsSchema`. Batches are yours.
 *
 * @throws RiffleError `PLUGIN_INVALID` for options that do not fit.
 *
 * @example
 * const reader = createCsvReader({ types: { id: 'int32', day: 'date32' } });
 * const { rows } = await reader.survey(file);
 * for await (const batch of reader.read(file, 0, { targetBatchBytes: 8 * 2 ** 20 })) console.log(batch.numRows);
 */
export function createCsvReader(options?: JsonValue): Reader {
  const { delimiter, names, types, sampleRows, nulls, maximumRowBytes, endings } = parseOptions(options);
  const given = givenTypes(NAME, types);
  for (const field of given.values()) cellOfText(field);
  const nullTexts = new Set(nulls);
  let schemas = new WeakMap<ReadableFile, Promise<Schema>>();

  const textOptions = (file: ReadableFile, signal: AbortSignal | undefined): ColumnOptions => ({
    signal,
    delimiter: delimiter ?? (/\.tsv(\.gz|\.zst)?$/i.test(file.location) ? '\t' : ','),
    maximumRowBytes,
    hasHeader: names === undefined,
    names,
    nulls: nullTexts,
    sampleRows,
  });

  function schemaOf(
    file: ReadableFile,
    schema: Uint8Array | undefined,
    columns: ColumnOptions,
  ): Schema | Promise<Schema> {
    if (schema !== undefined) return schemaFromBytes(schema);
    const known = schemas.get(file);
    if (known !== undefined) return known;
    const finding = findColumns(file, given, columns);
    schemas.set(file, finding);
    finding.catch(() => schemas.delete(file));
    return finding;
  }

  return {
    specificationVersion: 'v1',
    role: 'reader',
    name: NAME,
    capabilities,
    standsBeside: true,
    extensions: [...extensions, ...endings],
    headBytes: 0,
    detect: () => false,
    async survey(file, operation = {}) {
      operation.signal?.throwIfAborted();
      const columns = textOptions(file, operation.signal);
      const schema = await schemaOf(file, operation.schema, columns);
      let rows = names === undefined ? -1 : 0;
      for await (const block of csvRows(file, columns))
        for (const { fields, line } of block) {
          if (fields.length !== schema.fields.length)
            throw badRow(line, `it has ${fields.length} fields, and there are ${schema.fields.length} columns`);
          rows++;
        }
      return {
        rows,
        fragments: [{ rows, bytes: file.size }],
        schema: operation.schema ?? schemaToBytes(schema),
        columns: [],
        warnings: [],
      };
    },
    async *read(file, fragment, { signal, limits, schema: wanted, targetBatchBytes }) {
      signal?.throwIfAborted();
      if (fragment !== 0) throw new RiffleError('INTERNAL', `Fragment ${fragment} was asked for; the file has 1.`);
      const columns = { ...textOptions(file, signal), limits };
      const schema = await schemaOf(file, wanted, columns);
      const cells = schema.fields.map(cellOfText);
      const fieldNames = schema.fields.map((field) => field.name);
      const builder = createRowBuilder(schema, 'refuse');
      const most = limits === undefined ? Infinity : Math.max(limits.decodedBytes, limits.ratio * file.size);
      let decoded = 0;
      const finish = () => {
        decoded += builder.bytesWith(0);
        if (decoded > most)
          throw new BadContentError(
            `A decompression bomb: ${file.size} bytes of file decode to more than ${most} bytes of Arrow data.`,
            { kind: 'bomb' },
          );
        return builder.finish();
      };
      let isHeader = names === undefined;
      for await (const block of csvRows(file, columns))
        for (const { fields, line } of block) {
          if (isHeader) {
            isHeader = false;
            continue;
          }
          const row: Record<string, Cell> = {};
          let bytes = 0;
          for (const [index, field] of fields.entries()) {
            bytes += field.length;
            row[fieldNames[index]!] = nullTexts.has(field) ? null : cells[index]!(field);
          }
          if (builder.rows() > 0 && builder.bytesWith(bytes) > targetBatchBytes) yield finish();
          try {
            builder.append(row, bytes);
          } catch (error) {
            throw atLine(error, line);
          }
        }
      if (builder.rows() > 0) yield finish();
    },
    release: () => {
      schemas = new WeakMap();
    },
    heldBytes: heldByZstd,
  };
}
