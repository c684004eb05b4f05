import { int32, int64, list, struct, structBytes, text, thriftType, type ThriftField } from './thrift-struct.ts';

/** A Parquet file of one required column `value` and one page, put together by hand: for what no writer would write. */
export interface HandmadeFile {
  readonly rows: number;
  /** The page's bytes as they stand in the file. */
  readonly page: Uint8Array;
  /** Numbers of the Parquet specification. Default: INT32, uncompressed, plain. */
  readonly physicalType?: number;
  readonly typeLength?: number;
  readonly convertedType?: number;
  readonly logicalType?: number;
  readonly codec?: number;
  readonly encoding?: number;
  /** What headers and footer declare; by default what is true. */
  readonly declared?: {
    readonly crc?: number;
    readonly uncompressedBytes?: number;
    readonly pageValues?: number;
    readonly chunkValues?: number;
    readonly fileRows?: number;
    readonly chunkStart?: number;
    readonly filePath?: string;
  };
}

function optional(id: number, value: number | undefined): ThriftField[] {
  return value === undefined ? [] : [int32(id, value)];
}

const name = 'value';
const magic = Buffer.from('PAR1');

/**
 * The bytes of such a file. Field numbers are those of
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
export function handmadeFile({
  rows,
  page,
  physicalType = 1,
  typeLength,
  convertedType,
  logicalType,
  codec = 0,
  encoding = 0,
  declared = {},
}: HandmadeFile): Uint8Array {
  const uncompressedBytes = declared.uncompressedBytes ?? page.length;
  const header = structBytes([
    int32(1, 0),
    int32(2, uncompressedBytes),
    int32(3, page.length),
    ...optional(4, declared.crc),
    struct(5, [int32(1, declared.pageValues ?? rows), int32(2, encoding), int32(3, 3), int32(4, 3)]),
  ]);
  const chunkBytes = header.length + page.length;
  const metadata = struct(3, [
    int32(1, physicalType),
    list(2, thriftType.int32, [int32(0, encoding).bytes]),
    list(3, thriftType.binary, [text(0, name).bytes]),
    int32(4, codec),
    int64(5, declared.chunkValues ?? rows),
    int64(6, header.length + uncompressedBytes),
    int64(7, chunkBytes),
    int64(9, declared.chunkStart ?? 4),
  ]);
  const filePath = declared.filePath === undefined ? [] : [text(1, declared.filePath)];
  const chunk = structBytes([...filePath, int64(2, 0), metadata]);
  const root = structBytes([text(4, 'schema'), int32(5, 1)]);
  const leaf = structBytes([
    int32(1, physicalType),
    ...optional(2, typeLength),
    int32(3, 0),
    text(4, name),
    ...optional(6, convertedType),
    ...(logicalType === undefined ? [] : [struct(10, [struct(logicalType, [])])]),
  ]);
  const rowGroup = structBytes([list(1, thriftType.struct, [chunk]), int64(2, chunkBytes), int64(3, rows)]);
  const footer = structBytes([
    int32(1, 1),
    list(2, thriftType.struct, [root, leaf]),
    int64(3, declared.fileRows ?? rows),
    list(4, thriftType.struct, [rowGroup]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return new Uint8Array(Buffer.concat([magic, header, page, footer, length, magic]));
}
