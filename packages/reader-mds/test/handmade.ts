/** Values of one column with their encoding: each as the bytes that stand in the shard. */
export interface HandmadeColumn {
  readonly name: string;
  readonly encoding: string;
  /** Null where values tell their sizes. */
  readonly size: number | null;
  readonly values: readonly Buffer[];
}

/** What a test changes of an otherwise sound shard. */
export interface Falsehoods {
  readonly config?: Readonly<Record<string, unknown>>;
  /** Instead of the JSON. */
  readonly configText?: string;
  /** Called with the places of the rows and their end. */
  readonly places?: (places: number[]) => void;
  readonly rows?: number;
  /** Bytes behind the last row. */
  readonly behind?: Buffer;
}

const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/**
 * A shard put together by the description of the format alone, without the writer: count, places, JSON, and for each row the sizes of what has none, then
 * the values.
 */
export function handmadeShard(columns: readonly HandmadeColumn[], falsehoods: Falsehoods = {}): Buffer {
  const config = {
    column_encodings: columns.map(({ encoding }) => encoding),
    column_names: columns.map(({ name }) => name),
    column_sizes: columns.map(({ size }) => size),
    compression: null,
    format: 'mds',
    hashes: [],
    size_limit: 67108864,
    version: 2,
    ...falsehoods.config,
  };
  const json = Buffer.from(falsehoods.configText ?? JSON.stringify(config));
  const rows = (columns[0]?.values ?? []).map((_, row) =>
    Buffer.concat([
      ...columns.flatMap(({ size, values }) => (size === null ? [number(values[row]!.length)] : [])),
      ...columns.map(({ values }) => values[row]!),
    ]),
  );
  const places = [4 * (rows.length + 2) + json.length];
  for (const row of rows) places.push(places.at(-1)! + row.length);
  falsehoods.places?.(places);
  return Buffer.concat([
    number(falsehoods.rows ?? rows.length),
    ...places.map(number),
    json,
    ...rows,
    falsehoods.behind ?? Buffer.alloc(0),
  ]);
}

const made = (length: number, write: (bytes: Buffer) => void) => {
  const bytes = Buffer.alloc(length);
  write(bytes);
  return bytes;
};

export const int32 = (value: number): Buffer => made(4, (bytes) => bytes.writeInt32LE(value));
export const int64 = (value: bigint): Buffer => made(8, (bytes) => bytes.writeBigInt64LE(value));
export const float64 = (value: number): Buffer => made(8, (bytes) => bytes.writeDoubleLE(value));
export const text = (value: string): Buffer => Buffer.from(value);
/** A list of int32 behind its shape, whose count takes a byte. */
export const list = (...values: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from([4, values.length]), ...values.map(int32)]);
