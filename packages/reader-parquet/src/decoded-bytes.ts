import type { ColumnChunk, PageHeader } from '@riffle/codec-parquet';
import { fixedWidth, type ArrowLeaf } from './arrow-leaves.ts';
import type { DictionaryLengths } from './dictionary-lengths.ts';

/** Encodings of data pages that refer to the chunk's dictionary page. */
export const dictionaryEncodings: ReadonlySet<string> = new Set(['PLAIN_DICTIONARY', 'RLE_DICTIONARY']);

/** Encodings of byte arrays under which a value takes no fewer bytes in the page than in memory. */
const plainEncodings: ReadonlySet<string> = new Set(['PLAIN', 'DELTA_LENGTH_BYTE_ARRAY']);

/** Bytes that validity and the offsets of lists around the column take: per value, a bit and 4 bytes for each list. */
function overhead({ leaf, values }: ColumnChunk): number {
  return values * (4 * leaf.maximumRepetitionLevel + leaf.maximumDefinitionLevel / 8);
}

/** Values that the Arrow array holds: those of the chunk, or more where fixed-size lists pad. */
function slots(chunk: ColumnChunk, { fixedElements, inLists }: ArrowLeaf, rows: number): number {
  if (fixedElements === 1) return chunk.values;
  return (inLists ? chunk.values : rows) * fixedElements;
}

/**
 * Upper estimate of a chunk's size as Arrow data, in bytes, from the footer alone; undefined where a dictionary or shared
 * prefixes may expand without the footer saying how far. Believes what the footer declares.
 */
export function declaredBytes(chunk: ColumnChunk, leaf: ArrowLeaf, rows: number): number | undefined {
  const width = fixedWidth(leaf.type);
  if (width !== undefined) return slots(chunk, leaf, rows) * width + overhead(chunk);
  const offsets = 8 * slots(chunk, leaf, rows);
  if (chunk.byteArrayBytes !== undefined) return chunk.byteArrayBytes + offsets + overhead(chunk);
  const expands = chunk.encodings.some(
    (encoding) => dictionaryEncodings.has(encoding) || encoding === 'DELTA_BYTE_ARRAY',
  );
  return expands ? undefined : chunk.uncompressedBytes + offsets + overhead(chunk);
}

/** Sizes of a row group or chunk as Arrow data, in bytes. */
export interface DecodedSizes {
  /**
   * Cannot be exceeded: pages that decompress to more than their header says, or hold more values, do not decode.
   * Loose for dictionaries, where every value may be the longest.
   */
  readonly bounded: number;
  /** What is likely: the same with dictionary values of mean length, or what the footer declares. */
  readonly expected: number;
}

/** The size of a chunk from its page headers, and more exactly with the lengths of its dictionary's values. */
export function sizesFromPages(
  chunk: ColumnChunk,
  leaf: ArrowLeaf,
  rows: number,
  pages: readonly PageHeader[],
  dictionary?: DictionaryLengths,
): DecodedSizes {
  const width = fixedWidth(leaf.type);
  const fixed = (width ?? 8) * slots(chunk, leaf, rows) + overhead(chunk);
  if (width !== undefined) return { bounded: fixed, expected: fixed };
  let { longest, mean } = dictionary ?? { longest: 0, mean: 0 };
  let bounded = fixed;
  let expected = fixed;
  for (const { kind, encoding, values, uncompressedBytes } of pages) {
    if (kind === 'INDEX_PAGE') continue;
    if (kind === 'DICTIONARY_PAGE') {
      if (dictionary !== undefined) continue;
      // A dictionary page holds 4 bytes of length before each value.
      longest = Math.max(0, uncompressedBytes - 4 * values);
      mean = values === 0 ? 0 : longest / values;
    } else if (dictionaryEncodings.has(encoding)) {
      bounded += values * longest;
      expected += values * mean;
    } else if (plainEncodings.has(encoding)) {
      bounded += uncompressedBytes;
      expected += uncompressedBytes;
    } else {
      // Values may share prefixes: at worst each is as long as the page.
      bounded += values * uncompressedBytes;
      expected += 4 * uncompressedBytes;
    }
  }
  return { bounded, expected: Math.min(bounded, declaredBytes(chunk, leaf, rows) ?? expected) };
}
