import { readFile, writeFile } from 'node:fs/promises';
import { thriftInteger, thriftIntegers } from './thrift-fields.ts';

/** Field numbers in parquet.thrift: FileMetaData.num_rows, FileMetaData.row_groups, RowGroup.num_rows. */
const FILE_ROWS = 3;
const ROW_GROUPS = 4;
const ROW_GROUP_ROWS = 3;
/** RowGroup.columns, ColumnChunk.meta_data, ColumnMetaData.num_values. */
const COLUMNS = 1;
const META_DATA = 3;
const CHUNK_VALUES = 5;

/**
 * Adds `change` to row counts in the footer of a Parquet file; the pages stay as they are.
 * `file`: the total alone, so that the footer contradicts itself. `row group`: the first row group and the total, so that only decoding tells.
 * `chunks`: the values of its column chunks as well, so that nothing in the footer of a flat file contradicts.
 */
export async function falsifyCounts(path: string, where: 'file' | 'row group' | 'chunks', change = 1): Promise<void> {
  const bytes = await readFile(path);
  const footerStart = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const wanted = where === 'file' ? [[FILE_ROWS]] : [[FILE_ROWS], [ROW_GROUPS, 0, ROW_GROUP_ROWS]];
  const isChunkValues = (path: readonly number[]) =>
    path.length === 6 && path.with(3, 0).join() === [ROW_GROUPS, 0, COLUMNS, 0, META_DATA, CHUNK_VALUES].join();
  const places = thriftIntegers(bytes, footerStart).filter(
    ({ path: at }) => wanted.some((place) => place.join() === at.join()) || (where === 'chunks' && isChunkValues(at)),
  );
  if (places.length < wanted.length) throw new Error(`${path} has no row group to falsify.`);
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (const { start, end } of places) {
    parts.push(bytes.subarray(copied, start), thriftInteger(integerAt(bytes, start) + change));
    copied = end;
  }
  parts.push(bytes.subarray(copied, bytes.length - 8));
  const body = Buffer.concat(parts);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(body.length - footerStart);
  tail.write('PAR1', 4, 'latin1');
  await writeFile(path, Buffer.concat([body, tail]));
}

function integerAt(bytes: Uint8Array, start: number): number {
  let zigzag = 0;
  for (let at = start, factor = 1; ; at++, factor *= 128) {
    zigzag += (bytes[at]! & 0x7f) * factor;
    if (bytes[at]! < 0x80) return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }
}
