import type { FileInspection, InspectedMetadata, InspectedStorage } from '@riffle/core';
import { chunkNotes, parseRowGroup, type ColumnChunk, type Footer, type SchemaElement } from '@riffle/codec-parquet';
import { dictionaryEncodings } from './decoded-bytes.ts';
import type { OpenedFile } from './opened-file.ts';

/** Characters of a metadata value that are told: values may have megabytes. */
const LONGEST_VALUE = 2000;
/** Characters of what the writer calls itself. */
const LONGEST_WRITER = 200;

const bytesOf = (text: string) => Buffer.byteLength(text);

/** `BYTE_ARRAY (STRING)`: the physical type, and what the file says its values mean. */
function typeOf({ physicalType, typeLength, logicalType, convertedType }: SchemaElement): string {
  const width = physicalType === 'FIXED_LEN_BYTE_ARRAY' ? `[${typeLength ?? 0}]` : '';
  const meaning = logicalType ?? convertedType;
  return `${physicalType ?? ''}${width}${meaning === undefined ? '' : ` (${meaning})`}`;
}

/** Cut between characters, so that what is told has no half of one and no more bytes than the whole. */
function beginningOf(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

function metadataOf({ keyValues }: Footer): readonly InspectedMetadata[] {
  return [...keyValues].map(([key, value]) => ({
    key: beginningOf(key, LONGEST_VALUE),
    value: beginningOf(value, LONGEST_VALUE),
    bytes: bytesOf(value),
  }));
}

/** The chunks of one leaf in all row groups, summed. */
interface Sums {
  readonly codecs: Set<string>;
  readonly encodings: Set<string>;
  bytes: number;
  uncompressedBytes: number;
  values: number;
  nulls: number | undefined;
  /** Of the chunks so far, as far as all agree; `unset` before the first. */
  dictionary: InspectedStorage['dictionary'] | 'unset';
}

/** Without a dictionary encoding among those of all pages there is none; else the counts of data pages must tell. */
function dictionaryOf(
  encodings: readonly string[],
  ofData: readonly string[] | undefined,
): InspectedStorage['dictionary'] {
  if (encodings.length === 0) return undefined;
  if (!encodings.some((encoding) => dictionaryEncodings.has(encoding))) return 'none';
  if (ofData === undefined) return undefined;
  const refer = ofData.filter((encoding) => dictionaryEncodings.has(encoding)).length;
  if (refer === 0) return 'none';
  return refer === ofData.length ? 'all' : 'part';
}

/** Of two parts together: one that was given up counts for both. */
function together(
  one: InspectedStorage['dictionary'],
  other: InspectedStorage['dictionary'],
): InspectedStorage['dictionary'] {
  if (one === other) return one;
  if (one === undefined || other === undefined) return undefined;
  return one === 'part' || other === 'part' ? 'part' : undefined;
}

function addChunk(sums: Sums, footer: Footer, chunk: ColumnChunk): void {
  const { nulls, dataEncodings } = chunkNotes(footer, chunk);
  sums.codecs.add(chunk.codec);
  for (const encoding of chunk.encodings) sums.encodings.add(encoding);
  sums.bytes += chunk.compressedBytes;
  sums.uncompressedBytes += chunk.uncompressedBytes;
  sums.values += chunk.values;
  sums.nulls = sums.nulls === undefined || nulls === undefined ? undefined : sums.nulls + nulls;
  const own = dictionaryOf(chunk.encodings, dataEncodings);
  sums.dictionary = sums.dictionary === 'unset' ? own : together(sums.dictionary, own);
}

/**
 * How a file is stored, from its footer. All sizes and counts are what the footer declares, checked against the file's size only.
 * @throws BadContentError naming row group and column, as `surveyFile`
 */
export function inspectFile({ footer, declared }: OpenedFile): FileInspection {
  const sums = footer.leaves.map((): Sums => ({
    codecs: new Set(),
    encodings: new Set(),
    bytes: 0,
    uncompressedBytes: 0,
    values: 0,
    nulls: 0,
    dictionary: 'unset',
  }));
  const fragments = footer.rowGroups.map((_, index) => {
    const { rows, chunks } = parseRowGroup(footer, index);
    for (const [column, chunk] of chunks.entries()) addChunk(sums[column]!, footer, chunk);
    return {
      rows,
      bytes: chunks.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
      uncompressedBytes: chunks.reduce((sum, { uncompressedBytes }) => sum + uncompressedBytes, 0),
    };
  });
  const columns = sums.map((own, column): InspectedStorage => {
    const { path, element } = declared.leaves[column]!;
    const { dictionary } = own;
    return {
      path,
      type: typeOf(element),
      codecs: [...own.codecs],
      encodings: [...own.encodings],
      bytes: own.bytes,
      uncompressedBytes: own.uncompressedBytes,
      values: own.values,
      ...(own.nulls === undefined ? {} : { nulls: own.nulls }),
      ...(dictionary === undefined || dictionary === 'unset' ? {} : { dictionary }),
    };
  });
  const { createdBy } = declared;
  return {
    ...(createdBy === undefined ? {} : { writtenBy: beginningOf(createdBy, LONGEST_WRITER) }),
    fragments,
    columns,
    metadata: metadataOf(declared),
  };
}
