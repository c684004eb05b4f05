import type { OperationOptions, ReadableFile } from '@riffle/core';
import { badFile, unsupported } from './bad-content.ts';
import { parseConfig, type ShardColumn } from './parse-config.ts';

/** What a shard begins with. */
export interface ShardHeader {
  readonly rows: number;
  /** Where the first row begins. */
  readonly dataStart: number;
  readonly columns: readonly ShardColumn[];
}

/** Bytes of a number in the header. */
export const numberBytes = 4;

/** Where in the file it stands at which byte a row begins; of as many rows as there are: where the last one ends. */
export const placeOfRow = (row: number): number => numberBytes * (1 + row);

/** Columns by the thousand have less. */
const longestConfig = 2 ** 24;

const compressed = /\.mds\.(?:zstd|gz|br|bz2|snappy)$/i;

export async function readNumber(file: ReadableFile, at: number, options: OperationOptions): Promise<number> {
  const bytes = await file.read(at, numberBytes, options);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

/**
 * Reads the number of rows, the first and the last place, and what the shard says of itself; not the places between.
 *
 * The layout: a number of rows, the places of all rows and the end of the last one, JSON up to the first place, rows. Source: MosaicML Streaming, `MDSReader` of
 * `format/mds/reader.py` and `MDSWriter.encode_joint_shard` of `format/mds/writer.py` (Apache-2.0).
 *
 * @throws BadContentError if it is no shard, or cut off, or of columns that are not read.
 */
export async function readHeader(file: ReadableFile, options: OperationOptions): Promise<ShardHeader> {
  const { size, location } = file;
  if (compressed.test(location))
    throw unsupported(
      'It is a compressed shard, and only shards as they are decompressed are read. Decompress it first; StreamingDataset does so into its folder local.',
    );
  if (size === 0) throw badFile('empty', 'It is empty (0 bytes).');
  if (size < placeOfRow(1)) throw badFile('truncated', `It is no shard of MDS: it has ${size} bytes.`);
  const rows = await readNumber(file, 0, options);
  const configStart = placeOfRow(rows + 1);
  if (configStart > size)
    throw badFile(
      'truncated',
      `It is no shard of MDS, or cut off: the places of ${rows} rows are more than its ${size} bytes.`,
    );
  const dataStart = await readNumber(file, placeOfRow(0), options);
  const end = await readNumber(file, placeOfRow(rows), options);
  if (dataStart <= configStart || dataStart > end)
    throw badFile(
      'format',
      'It is no shard of MDS: the place of its first row is within its header, or after the last one.',
    );
  if (end > size) throw badFile('truncated', `It is cut off: ${size} bytes are there of ${end}.`);
  if (end < size) throw badFile('counts', `${size - end} bytes stand behind its last row.`);
  const configBytes = dataStart - configStart;
  if (configBytes > longestConfig) throw badFile('metadata', `Its header of ${configBytes} bytes is none of MDS.`);
  return { rows, dataStart, columns: parseConfig(await file.read(configStart, configBytes, options)) };
}
