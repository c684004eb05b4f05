/**
 * Kinds of reasons why rows are lost, for counting, with the words of the loss table. A reader puts its kind into a
 * {@link BadContentError}'s details as `kind`; one that does not gets the kind of the error's code.
 */
export const lossKinds = {
  missing: 'not there',
  empty: 'empty',
  truncated: 'truncated',
  format: 'another format',
  encrypted: 'encrypted',
  metadata: 'damaged metadata',
  counts: 'counts that disagree',
  checksum: 'page CRC mismatch',
  page: 'damaged page',
  decode: 'decode error',
  bomb: 'decompression bomb',
  unsupported: 'not supported',
  name: 'unreadable name',
  special: 'not a regular file',
  damaged: 'damaged',
} as const;

export type LossKind = keyof typeof lossKinds;

/** The kind that an error tells in its details, or that of its code. */
export function lossKindOf(code: string, details: { readonly [key: string]: unknown }): LossKind {
  const { kind } = details;
  if (typeof kind === 'string' && Object.hasOwn(lossKinds, kind)) return kind as LossKind;
  return code === 'UNSUPPORTED_CONTENT' ? 'unsupported' : 'damaged';
}
