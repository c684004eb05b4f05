import type { ParquetWasm } from '@riffle/codec-parquet';
import type { CompressionCodec, WriterProfile } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import { encodeFile } from '../encode.ts';
import { chunksOf, type EncodedChunk } from '../encoded-chunk.ts';
import { glueCodec, glueEncoding } from '../encoding-groups.ts';
import { batchMessage, schemaMessage } from '../ipc-message.ts';
import { encodingNumbers, encodingsFor, type EncodingName, type LeafEncoding } from '../leaf-encoding.ts';
import { costOf } from './cost.ts';

/** An encoding that was tried on a leaf's sample. */
export interface Candidate extends LeafEncoding {
  /** Bytes of the column chunk. */
  readonly bytes: number;
  readonly cost: number;
}

/** A codec that saves less is not worth its time: the values are compressed already, or random. */
const LEAST_SAVING = 0.03;
/** parquet-rs gives a dictionary up at 1 MiB; stay clear of it. */
const LARGEST_DICTIONARY = 768 * 1024;
const DATA_PAGE = 0;

/** DELTA_BYTE_ARRAY is slow and finds few common prefixes in shuffled rows: tried only where size is all that counts. */
function encodingsToTry(physicalType: string, profile: WriterProfile): readonly EncodingName[] {
  return encodingsFor(physicalType).filter((encoding) => profile === 'smallest' || encoding !== 'DELTA_BYTE_ARRAY');
}

/** Whether a dictionary made from a whole row group will stay small enough, judged by how it grew over the sample's second half. */
function dictionaryLasts(half: EncodedChunk, whole: EncodedChunk, sampleRows: number, rowGroupRows: number): boolean {
  const plainPages = whole.pageCounts.some(
    ({ pageType, encoding }) => pageType === DATA_PAGE && encoding !== encodingNumbers.RLE_DICTIONARY,
  );
  if (plainPages) return false;
  const growthPerRow = (whole.dictionaryBytes - half.dictionaryBytes) / Math.max(1, sampleRows / 2);
  return whole.dictionaryBytes + growthPerRow * Math.max(0, rowGroupRows - sampleRows) <= LARGEST_DICTIONARY;
}

/** Encodes a one-leaf sample in every sensible way. The first candidate is plain and uncompressed. */
export function tryEncodings(
  wasm: ParquetWasm,
  sample: RecordBatch,
  codec: CompressionCodec,
  profile: WriterProfile,
  rowGroupRows: number,
): readonly Candidate[] {
  const schema = schemaMessage(sample.schema);
  const encode = (batch: RecordBatch, encoding: EncodingName, codecToTry: CompressionCodec): EncodedChunk => {
    const settings = {
      encoding: glueEncoding(wasm, encoding),
      codec: glueCodec(wasm, codecToTry),
      dictionary: encoding === 'RLE_DICTIONARY',
    };
    return chunksOf(encodeFile(wasm, schema, [batchMessage(batch)], settings, false))[0]!;
  };
  const plain = encode(sample, 'PLAIN', 'none');
  const physicalType = plain.leaf.element.physicalType!;
  const candidates: Candidate[] = [];
  for (const encoding of encodingsToTry(physicalType, profile)) {
    const bare = encoding === 'PLAIN' ? plain : encode(sample, encoding, 'none');
    if (encoding === 'RLE_DICTIONARY') {
      const half = encode(sample.slice(0, Math.max(1, sample.numRows >> 1)), encoding, 'none');
      if (!dictionaryLasts(half, bare, sample.numRows, rowGroupRows)) continue;
    }
    const add = (compressed: boolean, bytes: number): void => {
      const work = {
        values: bare.values,
        plainBytes: plain.pages.length,
        encodedBytes: bare.pages.length,
        storedBytes: bytes,
      };
      candidates.push({
        encoding,
        compressed,
        bytes,
        cost: costOf(encoding, compressed ? codec : 'none', physicalType, work),
      });
    };
    add(false, bare.pages.length);
    if (codec === 'none') continue;
    const packed = encode(sample, encoding, codec).pages.length;
    if (packed <= bare.pages.length * (1 - LEAST_SAVING)) add(true, packed);
  }
  return candidates;
}
