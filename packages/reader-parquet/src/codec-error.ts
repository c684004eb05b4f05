import { BadContentError, RiffleError } from '@riffle/core';
import { heldBytes, renewParquetWasm, webAssembly } from '@riffle/codec-parquet';

/** Wasm memory this full makes exhaustion a likely cause of a trap; the limit of an instance is 4 GiB. */
const NEARLY_FULL = 2 ** 31;

/** What was being decoded when the codec failed. */
export interface DecodePlace {
  readonly rowGroup: number;
  /** Where it is known. */
  readonly column?: string;
  /** Upper bound of what was asked for, in bytes of Arrow data. */
  readonly bytes: number;
}

/** The codec's message without the names of its error types, which say nothing to people, and without a full stop. */
export function plainMessage(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message
    .replace(/^(?:(?:Parquet|Arrow|External)(?:(?: argument)? error)?: )+/i, '')
    .trim()
    .replace(/\.+$/, '');
}

/**
 * What the codec threw, as Riffle's errors: refusal is bad content. A trap is, too, but marked with `trap: true`: believe
 * it when it repeats in a fresh worker. Exhausted memory is no fault of the content. After a trap the instance is not used again:
 * get one by `loadParquetWasm`.
 */
export function codecError(thrown: unknown, place: DecodePlace): RiffleError {
  const { rowGroup, column, bytes } = place;
  const where = column === undefined ? { rowGroup } : { rowGroup, column };
  const what = column === undefined ? `Row group ${rowGroup}` : `Column ${column} of row group ${rowGroup}`;
  if (thrown instanceof webAssembly.RuntimeError || thrown instanceof RangeError) {
    const exhausted = heldBytes() + bytes >= NEARLY_FULL;
    renewParquetWasm();
    if (exhausted) {
      return new RiffleError(
        'MEMORY_TOO_SMALL',
        `Decoding row group ${rowGroup} needs more than the 4 GiB that one codec instance can hold. Rewrite the file with smaller row groups or values.`,
        { rowGroup, bytes },
        { cause: thrown, exitCode: 1 },
      );
    }
    return new BadContentError(
      `Decoding ${column === undefined ? '' : `column ${column} of `}row group ${rowGroup} made the codec stop without a message.`,
      { ...where, kind: 'decode', trap: true },
      { cause: thrown },
    );
  }
  const message = plainMessage(thrown);
  const unsupported = /\bNYI\b|not yet (?:implemented|supported)|unsupported|not supported|disabled/i.test(message);
  return unsupported
    ? new BadContentError(`${what} uses something that Riffle cannot read: ${message}.`, where, {
        cause: thrown,
        code: 'UNSUPPORTED_CONTENT',
      })
    : new BadContentError(`${what} cannot be decoded: ${message}.`, { ...where, kind: 'decode' }, { cause: thrown });
}
