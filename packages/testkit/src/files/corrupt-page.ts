import { open } from 'node:fs/promises';
import { openDuckDB, queryRows, sqlText } from '../duckdb/open-duckdb.ts';

/**
 * Damages the largest column chunk of one row group so that the footer stays sound and decoding fails: what a survey cannot see.
 * In a compressed chunk the content of its pages is overwritten, in an uncompressed one the first page header.
 * @param rowGroup Index; default the last, so that everything before it decodes.
 */
export async function corruptPage(path: string, rowGroup?: number): Promise<void> {
  const connection = await openDuckDB(1);
  try {
    const [chunk] = await queryRows(
      connection,
      `SELECT least(data_page_offset, coalesce(nullif(dictionary_page_offset, 0), data_page_offset))::DOUBLE AS start, data_page_offset::DOUBLE AS data,
              total_compressed_size::DOUBLE AS size, compression
       FROM parquet_metadata(${sqlText(path)})
       WHERE row_group_id = ${rowGroup === undefined ? `(SELECT max(row_group_id) FROM parquet_metadata(${sqlText(path)}))` : rowGroup}
       ORDER BY total_compressed_size DESC LIMIT 1`,
    );
    if (chunk === undefined) throw new Error(`${path} has no row group to damage.`);
    const [start, data, size] = [Number(chunk['start']), Number(chunk['data']), Number(chunk['size'])];
    const end = start + size;
    const inHeader = chunk['compression'] === 'UNCOMPRESSED';
    // A page header takes some 20 to 40 bytes. 0xff is neither a Thrift field that Parquet knows nor a valid snappy, zstd or gzip block.
    const from = inHeader ? data : Math.min(data + 40, Math.floor((data + end) / 2));
    const to = inHeader ? Math.min(data + 8, end) : end;
    await overwrite(path, from, Buffer.alloc(to - from, 0xff));
  } finally {
    connection.closeSync();
  }
}

/** Flips one bit: `bit` counts from the first bit of the file. What a disk may do. */
export async function flipBit(path: string, bit: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, bit >> 3);
    byte[0]! ^= 1 << (bit & 7);
    await file.write(byte, 0, 1, bit >> 3);
  } finally {
    await file.close();
  }
}

async function overwrite(path: string, position: number, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, position);
  } finally {
    await file.close();
  }
}
