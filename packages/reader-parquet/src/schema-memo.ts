/** Schemas kept at once: the files of a collection share one, and jobs have a few collections. */
const KEPT = 8;
/** A schema of more bytes is not kept. */
const LARGEST_KEY = 2 ** 20;

/** What was made of the last few schemas, by the bytes that they were made of. */
export interface SchemaMemo<Value> {
  /** What is known of these bytes, or what `make` makes of them. Nothing is kept if that throws. */
  get(bytes: Uint8Array, make: () => Value): Value;
}

/** Thousands of files have the same schema, and deriving it takes longer than reading a small file's rows. */
export function createSchemaMemo<Value>(): SchemaMemo<Value> {
  const known: { readonly bytes: Uint8Array; readonly value: Value }[] = [];
  return {
    get(bytes, make) {
      const index = known.findIndex((entry) => Buffer.compare(entry.bytes, bytes) === 0);
      const entry = index < 0 ? { bytes, value: make() } : known.splice(index, 1)[0]!;
      if (bytes.length <= LARGEST_KEY) known.unshift(entry);
      if (known.length > KEPT) known.pop();
      return entry.value;
    },
  };
}
