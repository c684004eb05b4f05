/** Values kept at once: the files of a collection share a schema, and jobs have a few collections. */
const KEPT = 8;
/** What was made of more bytes is not kept. */
const LARGEST_KEY = 2 ** 20;

/** What was made of the last few pieces of bytes, by these bytes. */
export interface BytesMemo<Value> {
  /** What is known of these bytes, or what `make` makes of them. They may change afterwards. Nothing is kept if `make` throws. */
  get(bytes: Uint8Array, make: () => Value): Value;
}

/** Thousands of files have the same schema, and deriving it takes longer than reading a small file's rows. */
export function createBytesMemo<Value>(): BytesMemo<Value> {
  const known: { readonly bytes: Uint8Array; readonly value: Value }[] = [];
  return {
    get(bytes, make) {
      const index = known.findIndex((entry) => Buffer.compare(entry.bytes, bytes) === 0);
      if (index === 0) return known[0]!.value;
      if (index < 0) {
        const value = make();
        // A copy, since a view would hold the whole buffer that it looks into.
        if (bytes.length <= LARGEST_KEY) known.unshift({ bytes: bytes.slice(), value });
        if (known.length > KEPT) known.pop();
        return value;
      }
      const [entry] = known.splice(index, 1);
      known.unshift(entry!);
      return entry!.value;
    },
  };
}
