import { Data, DataType, type FixedSizeList, type Struct, type Vector } from 'apache-arrow';
import { byteCount, describeMedia } from './describe-media.ts';
import { leafText } from './leaf-text.ts';
import { beginning, quoted, quotedBytes } from './short-text.ts';

/** Characters of the text of one value, whatever it is. */
export const LONGEST_PREVIEW = 400;
/** Elements shown of a list, at its own level and below another list or struct. */
const MOST_ELEMENTS = [8, 4, 2] as const;
/** Fields of a struct that are shown. */
const MOST_FIELDS = 12;
/** Values nested deeper are told by how many they are. */
const DEEPEST = MOST_ELEMENTS.length;
/** Bytes shown of a value that is neither text nor sound nor picture. */
const BYTES_SHOWN = 8;

const counts = new Intl.NumberFormat('en-US');

/** Where a value begins and ends in what its offsets point into. */
function rangeAt({ valueOffsets }: Data, index: number, length: number): readonly [number, number] {
  const offsets = valueOffsets as unknown as Int32Array | BigInt64Array;
  const start = Math.min(length, Math.max(0, Number(offsets[index] ?? 0)));
  return [start, Math.min(length, Math.max(start, Number(offsets[index + 1] ?? 0)))];
}

/** The bytes of a value of a binary or text type, as a view, or undefined for other types. The row must not be null. */
function bytesAt(data: Data, index: number): { readonly bytes: Uint8Array; readonly isText: boolean } | undefined {
  const type = data.type as DataType;
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
  const values = data.values as unknown as Uint8Array;
  if (isText || DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    const [start, end] = rangeAt(data, index, values.length);
    return { bytes: values.subarray(start, end), isText };
  }
  if (!DataType.isFixedSizeBinary(type)) return undefined;
  const { byteWidth } = type;
  return { bytes: values.subarray(index * byteWidth, (index + 1) * byteWidth), isText };
}

function isPlainAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}

async function binaryText(bytes: Uint8Array): Promise<string> {
  if (bytes.length > 0 && bytes.length <= 64 && isPlainAscii(bytes)) return `b${quotedBytes(bytes)}`;
  const media = await describeMedia(bytes);
  if (media !== undefined) return media;
  const head = [...bytes.subarray(0, BYTES_SHOWN)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length === 0 ? '0 bytes' : `${byteCount(bytes.length)}: ${head}${bytes.length > BYTES_SHOWN ? '…' : ''}`;
}

/** The dictionary's value that a row refers to. */
async function dictionaryText(data: Data, index: number, depth: number): Promise<string | null> {
  let key = Number((data.values as unknown as { readonly [index: number]: number | bigint })[index] ?? -1);
  for (const chunk of (data.dictionary as Vector | undefined)?.data ?? []) {
    if (key >= 0 && key < chunk.length) return textAt(chunk, key, depth);
    key -= chunk.length;
  }
  return null;
}

async function listText(child: Data, start: number, end: number, depth: number): Promise<string> {
  const length = end - start;
  const most = Math.min(length, MOST_ELEMENTS[depth] ?? 0);
  const shown: string[] = [];
  for (let element = start; element < start + most; element++)
    shown.push((await textAt(child, element, depth + 1)) ?? 'null');
  if (most === length) return `[${shown.join(', ')}]`;
  return `[${[...shown, '…'].join(', ')} ${counts.format(length)} in all]`;
}

async function mapText(entries: Data, start: number, end: number, depth: number): Promise<string> {
  const [keys, values] = entries.children;
  const length = end - start;
  const most = Math.min(length, MOST_ELEMENTS[depth] ?? 0);
  const shown: string[] = [];
  for (let entry = start; entry < start + most; entry++) {
    const key = keys === undefined ? null : await textAt(keys, entry, depth + 1);
    const value = values === undefined ? null : await textAt(values, entry, depth + 1);
    shown.push(`${key ?? 'null'}: ${value ?? 'null'}`);
  }
  if (most === length) return `{${shown.join(', ')}}`;
  return `{${[...shown, '…'].join(', ')} ${counts.format(length)} in all}`;
}

/** What Hugging Face stores of a sound or picture: its bytes with the path that they came from. */
async function mediaText(data: Data<Struct>, index: number): Promise<string | undefined> {
  const fields = data.type.children;
  const [bytes, path] = ['bytes', 'path'].map(
    (name) => data.children[fields.findIndex((field) => field.name === name)],
  );
  if (bytes === undefined || path === undefined || fields.length > 3 || !bytes.getValid(index)) return undefined;
  const content = bytesAt(bytes, index);
  const media = content === undefined || content.isText ? undefined : await describeMedia(content.bytes);
  if (media === undefined) return undefined;
  const name = await textAt(path, index, DEEPEST - 1);
  return name === null ? media : `${media}, ${name}`;
}

async function structText(data: Data<Struct>, index: number, depth: number): Promise<string> {
  const media = await mediaText(data, index);
  if (media !== undefined) return media;
  const fields = data.type.children;
  if (depth >= DEEPEST) return `{… ${counts.format(fields.length)} field${fields.length === 1 ? '' : 's'}}`;
  const shown: string[] = [];
  for (const [number, field] of fields.slice(0, MOST_FIELDS).entries()) {
    const child = data.children[number];
    const text = child === undefined ? null : await textAt(child, index, depth + 1);
    shown.push(`${fieldName(field.name)}: ${text ?? 'null'}`);
  }
  return `{${[...shown, ...(fields.length > MOST_FIELDS ? ['…'] : [])].join(', ')}}`;
}

/** Names as people write them, others in quotes. */
function fieldName(name: string): string {
  return /^[\p{L}\p{N}_.-]{1,60}$/u.test(name) ? name : quoted(name);
}

async function textAt(data: Data, index: number, depth: number): Promise<string | null> {
  const type = data.type as DataType;
  if (DataType.isNull(type) || !data.getValid(index)) return null;
  const content = bytesAt(data, index);
  if (content !== undefined) return content.isText ? quotedBytes(content.bytes) : binaryText(content.bytes);
  if (DataType.isDictionary(type)) return dictionaryText(data, index, depth);
  if (DataType.isStruct(type)) return structText(data as Data<Struct>, index, depth);
  const [child] = data.children;
  if (child === undefined) return leafText(data, index);
  if (DataType.isFixedSizeList(type)) {
    const { listSize } = type as FixedSizeList;
    return listText(child, index * listSize, (index + 1) * listSize, depth);
  }
  const [start, end] = rangeAt(data, index, child.length);
  return DataType.isMap(type) ? mapText(child, start, end, depth) : listText(child, start, end, depth);
}

/**
 * One value as short text in one line: text in quotes, sounds and pictures by their headers (`1.2 s, 24 kHz wav`), lists as their first
 * elements and their length. At most {@link LONGEST_PREVIEW} characters, all of which show themselves; null for null. Only what is shown is
 * looked at, whatever the size of the value. Never fails.
 *
 * @param data A column as Arrow data, whose buffers may be views; `index` is a row of it.
 */
export async function previewValue(data: Data, index: number): Promise<string | null> {
  try {
    const text = await textAt(data, index, 0);
    return text === null ? null : beginning(text, LONGEST_PREVIEW);
  } catch {
    return 'a value that cannot be shown';
  }
}
