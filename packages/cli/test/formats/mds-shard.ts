import type { Row } from './rows.ts';

const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** An MDS shard of rows by the description of the format: count, places, JSON, and each row the sizes of what has none, then its values. Columns stand in the order of their names. */
export function mdsOf(rows: readonly Row[]): Buffer {
  const config = Buffer.from(
    JSON.stringify({
      column_encodings: ['int64', 'float64', 'str'],
      column_names: ['id', 'score', 'text'],
      column_sizes: [8, 8, null],
      compression: null,
      format: 'mds',
      hashes: [],
      size_limit: null,
      version: 2,
    }),
  );
  const samples = rows.map(({ id, score, text }) => {
    const numbers = Buffer.alloc(16);
    numbers.writeBigInt64LE(BigInt(id));
    numbers.writeDoubleLE(score, 8);
    const letters = Buffer.from(text!);
    return Buffer.concat([word(letters.length), numbers, letters]);
  });
  const places = [4 * (rows.length + 2) + config.length];
  for (const sample of samples) places.push(places.at(-1)! + sample.length);
  return Buffer.concat([word(rows.length), ...places.map(word), config, ...samples]);
}

/** The rows of such a shard, by the encodings that it names. */
export function rowsOfMds(shard: Buffer): readonly Row[] {
  const count = shard.readUInt32LE(0);
  const places = Array.from({ length: count + 1 }, (_, row) => shard.readUInt32LE(4 * (row + 1)));
  const config = JSON.parse(shard.toString('utf8', 4 * (count + 2), places[0])) as {
    readonly column_encodings: readonly string[];
    readonly column_names: readonly string[];
  };
  if (String([config.column_names, config.column_encodings]) !== 'id,score,text,int64,float64,str')
    throw new Error(`Other columns: ${JSON.stringify(config)}`);
  return places.slice(0, -1).map((at, row) => ({
    id: Number(shard.readBigInt64LE(at + 4)),
    score: shard.readDoubleLE(at + 12),
    text: shard.toString('utf8', at + 20, places[row + 1]),
  }));
}
