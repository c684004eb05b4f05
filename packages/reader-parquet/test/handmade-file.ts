import {
  integerPart,
  listPart,
  structBytes,
  structPart,
  textPart,
  thriftType,
  type ThriftPart,
} from '@riffle/codec-parquet';

const { int32, int64, struct } = thriftType;

/** A Parquet file of one required column and one page, put together by hand: for what no writer would write. */
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

function optional(id: number, value: number | undefined): ThriftPart[] {
  return value === undefined ? [] : [integerPart(id, int32, value)];
}

const name = 'value';
const magic = Buffer.from('PAR1');

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
  const header = structBytes([
    integerPart(1, int32, 0),
    integerPart(2, int32, declared.uncompressedBytes ?? page.length),
    integerPart(3, int32, page.length),
    ...optional(4, declared.crc),
    structPart(5, [
      integerPart(1, int32, declared.pageValues ?? rows),
      integerPart(2, int32, encoding),
      integerPart(3, int32, 3),
      integerPart(4, int32, 3),
    ]),
  ]);
  const chunkBytes = header.length + page.length;
  const path = listPart(3, thriftType.binary, [textPart(0, name).content]);
  const metadata = structPart(3, [
    integerPart(1, int32, physicalType),
    listPart(2, int32, [integerPart(0, int32, encoding).content]),
    path,
    integerPart(4, int32, codec),
    integerPart(5, int64, declared.chunkValues ?? rows),
    integerPart(6, int64, header.length + (declared.uncompressedBytes ?? page.length)),
    integerPart(7, int64, chunkBytes),
    integerPart(9, int64, declared.chunkStart ?? 4),
  ]);
  const chunk = structBytes([
    integerPart(2, int64, 0),
    metadata,
    ...(declared.filePath === undefined ? [] : [textPart(1, declared.filePath)]),
  ]);
  const root = structBytes([textPart(4, 'schema'), integerPart(5, int32, 1)]);
  const leaf = structBytes([
    integerPart(1, int32, physicalType),
    ...optional(2, typeLength),
    integerPart(3, int32, 0),
    textPart(4, name),
    ...optional(6, convertedType),
    ...(logicalType === undefined ? [] : [structPart(10, [structPart(logicalType, [])])]),
  ]);
  const footer = structBytes([
    integerPart(1, int32, 1),
    listPart(2, struct, [root, leaf]),
    integerPart(3, int64, declared.fileRows ?? rows),
    listPart(4, struct, [
      structBytes([listPart(1, struct, [chunk]), integerPart(2, int64, chunkBytes), integerPart(3, int64, rows)]),
    ]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return new Uint8Array(Buffer.concat([magic, header, page, footer, length, magic]));
}
