import { parse } from 'json-custom-numbers';
import { BadContentError } from '@riffle/core';
import type { Cell } from './build-column.ts';

/** The value of a whole number that fits; undefined for what does not. Members are digits in ASCII. */
export function integerOf(cell: Cell, width: number, isSigned: boolean): bigint | undefined {
  let value: bigint;
  if (cell instanceof Uint8Array) {
    const text = Buffer.from(cell.buffer, cell.byteOffset, Math.min(cell.length, 100)).toString('latin1').trim();
    if (cell.length > 100 || !/^[+-]?\d+$/.test(text)) return undefined;
    value = BigInt(text.replace(/^\+/, ''));
  } else if (typeof cell === 'bigint') value = cell;
  else if (typeof cell === 'number' && Number.isSafeInteger(cell)) value = BigInt(cell);
  else return undefined;
  const wrapped = isSigned ? BigInt.asIntN(width * 8, value) : BigInt.asUintN(width * 8, value);
  if (wrapped !== value) return undefined;
  return BigInt.asIntN(64, value);
}

const special: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity };

/** The bits of a number, or of a text that stands for what JSON has no number for. */
export function floatBits(cell: Cell, width: number): bigint | undefined {
  if (typeof cell === 'string' && /^0x[0-9a-f]+$/.test(cell) && cell.length === 2 + 2 * width) return BigInt(cell);
  const value =
    typeof cell === 'string' && Object.hasOwn(special, cell)
      ? special[cell]
      : typeof cell === 'bigint'
        ? Number(cell)
        : cell;
  if (typeof value !== 'number') return undefined;
  const view = new DataView(new ArrayBuffer(8));
  if (width === 8) view.setFloat64(0, value, true);
  else view.setFloat32(0, value, true);
  return view.getBigUint64(0, true);
}

/** A double may not hold whole numbers of more digits. */
const longNumber = /\d{16}/;
const isWhole = /^-?\d{1,400}$/;

/** JSON with whole numbers kept exactly. @throws BadContentError */
export function parseJson(bytes: Uint8Array): Cell {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!longNumber.test(text)) return JSON.parse(text) as Cell;
    // The library would take it for the prototype. Spelled with escapes it is lost: only own members are looked at.
    if (/"__proto__"\s*:/.test(text)) throw new Error('a member is called __proto__');
    return parse(text, undefined, (_key: unknown, digits: string) =>
      isWhole.test(digits) && digits.length > 15 ? BigInt(digits) : Number(digits),
    ) as Cell;
  } catch (cause) {
    throw new BadContentError(
      `Its JSON cannot be read: ${String((cause as Error).message)
        .split('\n')[0]!
        .slice(0, 200)
        .replace(/\.$/, '')}.`,
      { kind: 'damaged' },
      { cause },
    );
  }
}
