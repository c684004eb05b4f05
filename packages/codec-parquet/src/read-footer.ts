import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { parseFooter, type Footer } from './footer.ts';
import { foreignFormat, FOREIGN_HEAD_BYTES } from './foreign-format.ts';

/** Enough for most footers, so that one read of the tail does. */
const TAIL_BYTES = 64 * 1024;

/** Head magic, tail magic and the length between: the least that a Parquet file can have. */
const SMALLEST_FILE = 12;

/** A footer of this size describes millions of column chunks; one beyond it is taken for damage. */
const LARGEST_FOOTER = 256 * 1024 * 1024;

function magicAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function refuseHead(head: Uint8Array, size: number): void {
  if (size === 0) throw new BadContentError('It is empty (0 bytes).', { kind: 'empty', bytes: 0 });
  const magic = magicAt(head, 0);
  if (magic === 'PARE')
    throw new BadContentError(
      'It is encrypted (an encrypted footer), which Riffle cannot read.',
      { kind: 'encrypted', encrypted: true },
      { code: 'UNSUPPORTED_CONTENT' },
    );
  if (magic === 'PAR1') return;
  const what = foreignFormat(head);
  throw new BadContentError(
    what === undefined ? 'It is not Parquet: it does not begin with PAR1.' : `It is not Parquet but ${what}.`,
    what === undefined ? { kind: 'format' } : { kind: 'format', looksLike: what },
  );
}

/**
 * Reads the footer of a Parquet file: some bytes of the head and the tail, nothing of the data.
 * @throws BadContentError with a reason people recognise, if the file is no complete, plain Parquet file.
 */
export async function readFooter(file: ReadableFile, options?: OperationOptions): Promise<Footer> {
  const { size } = file;
  const tailLength = Math.min(size, TAIL_BYTES);
  const tail = await file.read(size - tailLength, tailLength, options);
  const head = tailLength === size ? tail : await file.read(0, FOREIGN_HEAD_BYTES, options);
  refuseHead(head, size);
  if (size < SMALLEST_FILE || magicAt(tail, tailLength - 4) !== 'PAR1') {
    throw new BadContentError(`It is truncated: no Parquet footer at its end, byte ${size}.`, {
      kind: 'truncated',
      bytes: size,
    });
  }
  const length = new DataView(tail.buffer, tail.byteOffset, tail.byteLength).getUint32(tailLength - 8, true);
  if (length > size - SMALLEST_FILE || length > LARGEST_FOOTER || length === 0) {
    throw new BadContentError(`Its footer is damaged: it declares a length of ${length} bytes in a file of ${size}.`, {
      kind: 'metadata',
      bytes: size,
      footerBytes: length,
    });
  }
  const start = tailLength - 8 - length;
  const bytes = start >= 0 ? tail.subarray(start, tailLength - 8) : await file.read(size - 8 - length, length, options);
  return parseFooter(bytes, size);
}
