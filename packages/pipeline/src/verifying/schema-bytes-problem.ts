/**
 * Slots of the tables that an Arrow schema is made of, as bytes into their vtables. Source: Message.fbs and Schema.fbs in
 * https://github.com/apache/arrow/tree/main/format; how tables are laid out: https://flatbuffers.dev/internals.
 */
const messageHeader = 8;
const schemaFields = 6;
const schemaMetadata = 8;
const fieldName = 4;
const fieldChildren = 14;
const fieldMetadata = 16;
const keyAndValue = [4, 6] as const;

/** Levels of nested fields; a parser calls itself for each. */
const deepest = 500;
const continuation = 0xffffffff;

/**
 * Why bytes cannot be the IPC stream of a schema that it is safe to parse, or undefined. Arrow's parser believes every length and every
 * offset: a few flipped bits make it fill the memory, parts that are shared or go round in a circle keep it busy for ever. Here every part
 * is visited, and all together may not be larger than the bytes are.
 */
export function schemaBytesProblem(bytes: Uint8Array): string | undefined {
  try {
    walkStream(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function walkStream(view: DataView): void {
  let elements = view.byteLength / 4;
  let textBytes = view.byteLength;

  const slot = (table: number, offset: number): number | undefined => {
    const vtable = table - view.getInt32(table, true);
    const at = offset < view.getUint16(vtable, true) ? view.getUint16(vtable + offset, true) : 0;
    return at === 0 ? undefined : table + at;
  };
  const follow = (at: number): number => {
    const offset = view.getInt32(at, true);
    if (offset <= 0) throw new RangeError('an offset points backwards');
    return at + offset;
  };
  const text = (at: number | undefined): void => {
    if (at === undefined) return;
    const start = follow(at);
    const length = view.getInt32(start, true);
    if (length < 0 || length > textBytes) throw new RangeError('a text is longer than all of it');
    textBytes -= length;
  };
  const each = (at: number | undefined, visit: (table: number) => void): void => {
    if (at === undefined) return;
    const start = follow(at);
    const count = view.getInt32(start, true);
    if (count < 0 || count > elements) throw new RangeError('a list is longer than all of it');
    elements -= count;
    for (let index = 0; index < count; index++) visit(follow(start + 4 + 4 * index));
  };
  const pair = (table: number): void => {
    for (const offset of keyAndValue) text(slot(table, offset));
  };
  const field = (table: number, depth: number): void => {
    if (depth > deepest) throw new RangeError(`its fields are nested more than ${deepest} deep`);
    text(slot(table, fieldName));
    each(slot(table, fieldChildren), (child) => field(child, depth + 1));
    each(slot(table, fieldMetadata), pair);
  };

  // Streams of old have no mark before the length.
  const message = view.getUint32(0, true) === continuation ? 8 : 4;
  const header = slot(follow(message), messageHeader);
  if (header === undefined) throw new RangeError('it is no message with a schema');
  const schema = follow(header);
  each(slot(schema, schemaFields), (table) => field(table, 1));
  each(slot(schema, schemaMetadata), pair);
}
