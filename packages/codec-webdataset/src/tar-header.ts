import { isUtf8 } from 'node:buffer';
import { BadContentError } from '@riffle/core';

/** Headers are blocks of this many bytes, and bodies are padded to a multiple of it. */
export const BLOCK = 512;

/** One header block. Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format". */
export interface TarHeader {
  readonly name: string;
  /** Bytes of the body without its padding. */
  readonly size: number;
  /** The type flag, `0` for a regular file. */
  readonly type: string;
}

const damaged = (reason: string) => new BadContentError(reason, { kind: 'damaged' });

function fieldBytes(block: Buffer, start: number, length: number): Buffer {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

/** Text of a name. @throws BadContentError unless it is UTF-8. */
export function nameText(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw damaged('The name of a member is not UTF-8.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** Octal digits, or 256 to the power of its bytes where the first bit is set, as GNU tar writes what octal cannot hold. */
function parseNumber(field: Buffer): number | undefined {
  if ((field[0]! & 0x80) === 0) {
    const text = field.toString('latin1').replace(/^[ \0]+|[ \0].*$/gs, '');
    return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
  }
  let value = field[0]! & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Old programs took bytes for signed. */
function checksumFits(block: Buffer): boolean {
  const expected = parseNumber(block.subarray(148, 156));
  let [unsigned, signed] = [0, 0];
  for (let index = 0; index < BLOCK; index++) {
    const byte = index >= 148 && index < 156 ? 32 : block[index]!;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return expected === unsigned || expected === signed;
}

/** Whether a block is a header with a sound checksum. */
export function isHeader(block: Uint8Array): boolean {
  return block.length >= BLOCK && block[0] !== 0 && checksumFits(Buffer.from(block.subarray(0, BLOCK)));
}

/** @throws BadContentError for a damaged header. */
export function parseHeader(block: Buffer, offset: number): TarHeader {
  if (!checksumFits(block)) throw damaged(`At byte ${offset} stands no sound tar header: its checksum differs.`);
  const size = parseNumber(block.subarray(124, 136));
  if (size === undefined) throw damaged(`The tar header at byte ${offset} has no size.`);
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? nameText(fieldBytes(block, 345, 155)) : '';
  const name = nameText(fieldBytes(block, 0, 100));
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156]!);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size, type };
}

/** Records `length key=value\n` of a pax header. @throws BadContentError */
export function parsePax(body: Buffer): ReadonlyMap<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(32, at);
    const digits = space < 0 || space - at > 10 ? '' : body.toString('latin1', at, space);
    const end = at + Number(digits);
    const equals = body.indexOf(61, space);
    if (!/^[1-9]\d*$/.test(digits) || end > body.length || equals < 0 || equals >= end || body[end - 1] !== 10)
      throw damaged('A pax header is damaged.');
    records.set(body.toString('utf8', space + 1, equals), body.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}

function headerBlock(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'latin1');
  block.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  block.write(`${size.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0        ${type}`, 124, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write('0000000\x000000000\0', 329, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

const padding = (size: number) => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(key) + Buffer.byteLength(value) + 3;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

/**
 * What stands before and after the body of a regular file: mode 0644, owner 0, time 0. Names that are not ASCII or longer than 100 bytes
 * have a pax header.
 */
export function frameMember(name: string, size: number): { readonly before: Buffer; readonly after: Buffer } {
  const isPlain = /^[\x20-\x7e]{1,100}$/.test(name);
  const header = headerBlock(isPlain ? name : name.replaceAll(/[^\x20-\x7e]/g, '_').slice(-100), size, '0');
  if (isPlain) return { before: header, after: padding(size) };
  const record = paxRecord('path', name);
  return {
    before: Buffer.concat([headerBlock('pax', record.length, 'x'), record, padding(record.length), header]),
    after: padding(size),
  };
}

/** The end of an archive. */
export const END = new Uint8Array(2 * BLOCK);
