import { Binary, DataType } from 'apache-arrow';
import { bytesForBits } from '../bits.ts';
import { makeColumn, noBytes, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { withValues } from './convert-numbers.ts';
import { keepColumn } from './keep-column.ts';
import { fixedParser, parseBoolean, type Parse } from './parse-values.ts';
import { eachPresent } from './presence.ts';
import { printer, valueText } from './print-values.ts';
import { createTextReader } from './short-text.ts';
import { isBinary, isText } from '../types/type-name.ts';

/** More bytes than any number, date or decimal needs: longer text is not even decoded. */
const longestText = 1100;

/**
 * Values printed as text, or read from it. What is printed is read back as the same value.
 * @throws ConversionFailure for the first value without text, and the first text that is not wholly a value of the target.
 */
export function convertText(source: Column, target: DataType): Column {
  const { type } = source;
  if (isText(type) && DataType.isFixedSizeBinary(target)) return keepColumn(withBytes(source, new Binary()), target);
  if (DataType.isFixedSizeBinary(type) && isText(target)) return checkedText(keepColumn(source, new Binary()), target);
  if (isText(type) && (isText(target) || isBinary(target))) return withBytes(source, target);
  if (isBinary(type) && isText(target)) return checkedText(source, target);
  if (isText(target)) return printed(source, target);
  if (isText(type)) return parsed(source, target);
  throw misfit(type, target, { kind: 'text' });
}

function withBytes({ length, validity, validityOffset, offsets, values }: Column, type: DataType): Column {
  return makeColumn({ type, layout: layoutOf(type), length, validity, validityOffset, offsets, values });
}

function checkedText(source: Column, target: DataType): Column {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const values = source.values ?? noBytes;
  eachPresent(source, (row) => {
    try {
      decoder.decode(values.subarray(source.offsets![row], source.offsets![row + 1]));
    } catch {
      refuse(row, valueText(source, row), target, ': it is not UTF-8');
    }
  });
  return withBytes(source, target);
}

function printed(source: Column, target: DataType): Column {
  const print = printer(source);
  if (print === undefined) throw misfit(source.type, target, { kind: 'text' });
  const { length, validity, validityOffset } = source;
  const offsets = new Int32Array(length + 1);
  // Each text goes straight to its place: as strings, those of a batch of narrow numbers would take gigabytes.
  let room = new Uint8Array(Math.max(64, usualText * length));
  let end = 0;
  eachPresent(source, (row) => {
    const text = print(row) ?? refuse(row, valueText(source, row), target, '');
    if (end + text.length > room.length) room = enlarged(room, end, end + text.length);
    // Numbers and times are printed in ASCII.
    for (let at = 0; at < text.length; at++) room[end++] = text.charCodeAt(at);
    offsets[row + 1] = end;
  });
  for (let row = 0; row < length; row++) if (offsets[row + 1]! < offsets[row]!) offsets[row + 1] = offsets[row]!;
  const values = room.slice(0, end);
  return makeColumn({ type: target, layout: layoutOf(target), length, validity, validityOffset, offsets, values });
}

/** Bytes a row to begin with. */
const usualText = 6;
const mostBytes = 2 ** 31 - 1;

function enlarged(room: Uint8Array, used: number, needed: number): Uint8Array<ArrayBuffer> {
  if (needed > mostBytes) throw new RangeError('A batch would hold more than 2^31 bytes of text in one column.');
  const larger = new Uint8Array(Math.min(mostBytes, Math.max(needed, Math.ceil(1.5 * room.length))));
  larger.set(room.subarray(0, used));
  return larger;
}

/** A column of texts without nulls. @throws RangeError if they pass 2^31 bytes. */
export function textColumn(texts: readonly string[], type: DataType): Column {
  // A character takes three bytes at most.
  const most = texts.reduce((sum, text) => sum + 3 * text.length, 0);
  if (most > roomForAll)
    return bytesColumn(
      texts.map((text) => encoder.encode(text)),
      type,
    );
  const room = new Uint8Array(most);
  const offsets = new Int32Array(texts.length + 1);
  let end = 0;
  texts.forEach((text, row) => {
    end += encoder.encodeInto(text, room.subarray(end)).written;
    offsets[row + 1] = end;
  });
  return makeColumn({ type, layout: layoutOf(type), length: texts.length, offsets, values: room.slice(0, end) });
}

/** Up to here texts are written into one buffer; beyond, its size would be the larger cost. */
const roomForAll = 2 ** 27;
const encoder = new TextEncoder();

/** A column of byte strings without nulls. @throws RangeError if they pass 2^31 bytes. */
export function bytesColumn(parts: readonly Uint8Array[], type: DataType): Column {
  const offsets = new Int32Array(parts.length + 1);
  let end = 0;
  parts.forEach((part, row) => {
    end += part.length;
    if (end > 0x7fffffff) throw new RangeError('A batch would hold more than 2^31 bytes of text in one column.');
    offsets[row + 1] = end;
  });
  const values = new Uint8Array(end);
  parts.forEach((part, row) => values.set(part, offsets[row]!));
  return makeColumn({ type, layout: layoutOf(type), length: parts.length, offsets, values });
}

function parsed(source: Column, target: DataType): Column {
  const layout = layoutOf(target);
  const isBoolean = DataType.isBool(target);
  const width = layout.kind === 'fixed' ? layout.width : 0;
  const out = new Uint8Array(isBoolean ? bytesForBits(source.length) : source.length * width);
  const parse = isBoolean ? bitParser(out) : fixedParser(target, width, out);
  if (parse === undefined) throw misfit(source.type, target, { kind: 'text' });
  const values = source.values ?? noBytes;
  const read = createTextReader();
  eachPresent(source, (row) => {
    const start = source.offsets![row]!;
    const end = source.offsets![row + 1]!;
    if (end - start > longestText || !parse(read(values, start, end), row))
      refuse(row, valueText(source, row), target, '');
  });
  return withValues(source, target, out);
}

function bitParser(out: Uint8Array): Parse {
  return (text, row) => {
    const value = parseBoolean(text);
    if (value === true) out[row >> 3]! |= 1 << (row & 7);
    return value !== undefined;
  };
}
