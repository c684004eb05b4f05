import type { ParquetWasm } from '@riffle/codec-parquet';
import type { CompressionCodec, WriterProfile } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import { encodeFile } from '../encode.ts';
import { chunksOf, type EncodedChunk } from '../encoded-chunk.ts';
import { glueCodec, glueEncoding } from '../encoding-groups.ts';
import { batchMessage, schemaMessage } from '../ipc-message.ts';
import { encodingsFor, type EncodingName, type LeafEncoding } from '../leaf-encoding.ts';
import { costOf } from './cost.ts';
import { dictionaryFits, grownDictionary, isWholeDictionary } from './dictionary.ts';

/** An encoding that was tried on a leaf's sample. */
export interface Candidate extends LeafEncoding {
  /** Bytes of the column chunk, per row of the sample. */
  readonly bytes: number;
  /** See {@link costOf}, per row. */
  readonly cost: number;
}

/** A codec that saves less is not worth its time: the values are compressed already, or random. */
const LEAST_SAVING: Readonly<Record<WriterProfile, number>> = { balanced: 0.03, fastest: 0.03, smallest: 0.001 };

/** DELTA_BYTE_ARRAY is slow and finds few common prefixes in shuffled rows: tried only where size is all that counts. */
function encodingsToTry(physicalType: string, profile: WriterProfile): readonly EncodingName[] {
  return encodingsFor(physicalType).filter((encoding) => profile === 'smallest' || encoding !== 'DELTA_BYTE_ARRAY');
}

/** How many bytes a sample takes in an encoding. */
interface Sizes {
  readonly bare: number;
  /** With the codec; undefined where there is none, or where it may not be used. */
  readonly packed: number | undefined;
  readonly mustPack: boolean;
}

/**
 * Encodes a one-leaf sample in every sensible way. The first candidate is plain and uncompressed.
 * @param dictionaryRows Rows that one dictionary will be for: those of a row group.
 */
export function tryEncodings(
  wasm: ParquetWasm,
  sample: RecordBatch,
  codec: CompressionCodec,
  profile: WriterProfile,
  dictionaryRows: number,
): readonly Candidate[] {
  const schema = schemaMessage(sample.schema);
  const rows = sample.numRows;
  const encode = (encoding: EncodingName, compressed: boolean, rowsToTake = rows): EncodedChunk => {
    const settings = {
      encoding: glueEncoding(wasm, encoding),
      codec: glueCodec(wasm, compressed ? codec : 'none'),
      dictionary: encoding === 'RLE_DICTIONARY',
    };
    const part = rowsToTake >= rows ? sample : sample.slice(0, Math.max(1, rowsToTake));
    return chunksOf(encodeFile(wasm, schema, [batchMessage(part)], settings, false))[0]!;
  };
  const plain = encode('PLAIN', false);
  const physicalType = plain.leaf.element.physicalType!;

  function sizesOf(encoding: EncodingName): Sizes {
    const bare = encoding === 'PLAIN' ? plain : encode(encoding, false);
    const packed = codec === 'none' ? undefined : encode(encoding, true).pages.length;
    return { bare: bare.pages.length, packed, mustPack: false };
  }

  /** A dictionary is made for each row group, however many rows of it the sample has. Undefined if it would grow too large. */
  function dictionarySizes(): Sizes | undefined {
    const seen = Math.max(1, Math.min(rows, Math.floor(dictionaryRows)));
    const whole = encode('RLE_DICTIONARY', false, seen);
    if (!isWholeDictionary(whole)) return undefined;
    const times = Math.max(1, dictionaryRows / seen);
    const sizeAfter = (part: number): number => encode('RLE_DICTIONARY', false, part).dictionaryBytes;
    const grown =
      times > 1
        ? grownDictionary(sizeAfter(seen >> 2), sizeAfter(seen >> 1), whole.dictionaryBytes, times)
        : whole.dictionaryBytes;
    const share = grown / whole.dictionaryBytes / times;
    const expected = ({ pages, dictionaryBytes }: EncodedChunk): number =>
      ((pages.length - dictionaryBytes + dictionaryBytes * share) * rows) / seen;
    const packs = codec !== 'none' && dictionaryFits(grown, true);
    const mustPack = !dictionaryFits(grown, false);
    if (mustPack && !packs) return undefined;
    return {
      bare: expected(whole),
      packed: packs ? expected(encode('RLE_DICTIONARY', true, seen)) : undefined,
      mustPack,
    };
  }

  const candidates: Candidate[] = [];
  for (const encoding of encodingsToTry(physicalType, profile)) {
    const sizes = encoding === 'RLE_DICTIONARY' ? dictionarySizes() : sizesOf(encoding);
    if (sizes === undefined) continue;
    const { bare, packed, mustPack } = sizes;
    const add = (compressed: boolean, bytes: number): void => {
      const work = { values: plain.values, plainBytes: plain.pages.length, encodedBytes: bare, storedBytes: bytes };
      const cost = costOf(encoding, compressed ? codec : 'none', physicalType, work);
      candidates.push({ encoding, compressed, bytes: bytes / rows, cost: cost / rows });
    };
    if (!mustPack) add(false, bare);
    if (packed !== undefined && (mustPack || packed <= bare * (1 - LEAST_SAVING[profile]))) add(true, packed);
  }
  return candidates;
}
