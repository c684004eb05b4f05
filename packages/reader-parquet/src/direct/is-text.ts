import { isUtf8 } from 'node:buffer';
import type { DecodedByteArrays } from './decode-bytes.ts';

/** The first byte of a character is none of these. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Whether all values are valid UTF-8: together, and each beginning with a character. */
export function areTexts({ offsets, values }: DecodedByteArrays): boolean {
  if (!isUtf8(values)) return false;
  for (const offset of offsets) if (isContinuation(values[offset])) return false;
  return true;
}
