import type { LeafColumn, ParquetWasm } from '@riffle/codec-parquet';
import type { CompressionCodec } from '@riffle/core';
import type { PageSettings } from './encode.ts';
import { schemaMessage } from './ipc-message.ts';
import { encodingNumbers, type EncodingName, type LeafEncoding } from './leaf-encoding.ts';
import { encodeLargeValues, mayBeLarge } from './large-values.ts';
import { encodeNumberLists, mayBeNumberList } from './number-lists.ts';
import { projectSchema, type Projection } from './project.ts';
import { encodeSnappyTexts } from './snappy-texts.ts';
import type { Template } from './template.ts';
import { withoutText } from './without-text.ts';

/** Leaves that are encoded alike, and therefore in one call. */
export interface EncodingGroup {
  /** Indices of leaves in the schema's order. */
  readonly leaves: readonly number[];
  readonly projection: Projection;
  readonly schemaMessage: Uint8Array;
  readonly settings: PageSettings;
  /** Encoded when the row group closes, since its pages point into one dictionary page. Has one leaf only. */
  readonly deferred: boolean;
  /** Writes batches of some shape past the codec, or undefined if their leaves have none. Has one leaf only. */
  readonly encodeDirectly: DirectEncoder | undefined;
  /** Leaves of which batches of long values are written past the codec, each alone. */
  readonly texts: readonly TextLeaf[];
  /** The group without some leaves of its texts; undefined if none are left. */
  without(leaves: readonly number[]): EncodingGroup | undefined;
}

interface TextLeaf {
  readonly leaf: number;
  readonly projection: Projection;
  readonly encode: DirectEncoder;
}

/** Undefined for a batch that the codec encodes as well. */
type DirectEncoder = typeof encodeLargeValues;

/** What can encode a leaf past the codec, without compression. */
function directEncoder(leaf: LeafColumn, { encoding, compressed }: LeafEncoding): DirectEncoder | undefined {
  if (compressed) return undefined;
  if (encoding === 'PLAIN' && mayBeLarge(leaf)) return encodeLargeValues;
  return encoding === 'DELTA_BINARY_PACKED' && mayBeNumberList(leaf) ? encodeNumberLists : undefined;
}

/** parquet-wasm numbers its encodings without the deprecated one; values of its enum `Encoding`. */
export function glueEncoding(wasm: ParquetWasm, encoding: EncodingName): number {
  return wasm.glue.Encoding[encoding === 'RLE_DICTIONARY' ? 'PLAIN' : encoding];
}

/** The codec as parquet-wasm numbers it. `lz4` is LZ4_RAW, the one that every reader takes for the same. */
export function glueCodec(wasm: ParquetWasm, codec: CompressionCodec): number {
  const { Compression } = wasm.glue;
  const numbers = {
    zstd: Compression.ZSTD,
    snappy: Compression.SNAPPY,
    gzip: Compression.GZIP,
    brotli: Compression.BROTLI,
    lz4: Compression.LZ4_RAW,
    none: Compression.UNCOMPRESSED,
  };
  return numbers[codec];
}

/**
 * Groups leaves by encoding. Settings apply to whole files here, because parquet-wasm takes settings for single columns
 * only at the top level.
 */
export function groupLeaves(
  wasm: ParquetWasm,
  template: Template,
  encodings: readonly LeafEncoding[],
  codec: CompressionCodec,
): readonly EncodingGroup[] {
  const byKey = new Map<string, number[]>();
  const direct = encodings.map((encoding, leaf) =>
    directEncoder(template.footer.leaves[leaf]!, { ...encoding, compressed: encoding.compressed && codec !== 'none' }),
  );
  for (const [leaf, { encoding, compressed }] of encodings.entries()) {
    const isAlone = encoding === 'RLE_DICTIONARY' || direct[leaf] !== undefined;
    const key = `${encodingNumbers[encoding]}/${compressed && codec !== 'none'}${isAlone ? `/${leaf}` : ''}`;
    byKey.set(key, [...(byKey.get(key) ?? []), leaf]);
  }
  const isText = (leaf: number): boolean => {
    const { encoding, compressed } = encodings[leaf]!;
    return encoding === 'PLAIN' && compressed && codec === 'snappy' && mayBeLarge(template.footer.leaves[leaf]!);
  };
  const projectionOf = (leaves: readonly number[]) => projectSchema(template.schema, (leaf) => leaves.includes(leaf));

  function groupOf(leaves: readonly number[]): EncodingGroup {
    const { encoding, compressed } = encodings[leaves[0]!]!;
    const projection = projectionOf(leaves);
    const smaller = new Map<string, EncodingGroup>();
    return {
      leaves,
      projection,
      schemaMessage: schemaMessage(withoutText(projection.schema)),
      settings: {
        encoding: glueEncoding(wasm, encoding),
        codec: glueCodec(wasm, compressed ? codec : 'none'),
        dictionary: encoding === 'RLE_DICTIONARY',
      },
      deferred: encoding === 'RLE_DICTIONARY',
      encodeDirectly: direct[leaves[0]!],
      texts: leaves
        .filter(isText)
        .map((leaf) => ({ leaf, projection: projectionOf([leaf]), encode: encodeSnappyTexts })),
      without(taken) {
        const rest = leaves.filter((leaf) => !taken.includes(leaf));
        if (rest.length === 0) return undefined;
        const key = rest.join();
        const known = smaller.get(key) ?? groupOf(rest);
        smaller.set(key, known);
        return known;
      },
    };
  }

  return [...byKey.values()].map(groupOf);
}
