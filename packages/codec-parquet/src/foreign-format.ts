/** What the first bytes of some formats are, as people call them; each is checked at byte 0. */
const signatures: readonly (readonly [start: string, what: string])[] = [
  ['version https://git-lfs', 'a Git-LFS pointer (the data was not downloaded: run `git lfs pull`)'],
  ['\x1f\x8b', 'a gzip file'],
  ['PK\x03\x04', 'a zip archive'],
  ['\x28\xb5\x2f\xfd', 'a zstd file'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ\x00', 'an xz file'],
  ['ARROW1', 'an Arrow IPC file'],
  ['\xff\xff\xff\xff', 'an Arrow IPC stream'],
  ['ORC', 'an ORC file'],
  ['Obj\x01', 'an Avro file'],
  ['SQLite format 3', 'an SQLite database'],
  ['DUCK', 'a DuckDB database'],
  ['\x89HDF', 'an HDF5 file'],
  ['RIFF', 'a RIFF file (WAV or the like)'],
  ['fLaC', 'a FLAC file'],
  ['\x89PNG', 'a PNG image'],
  ['%PDF', 'a PDF document'],
];

/** Bytes of a file's start that {@link foreignFormat} looks at. */
export const FOREIGN_HEAD_BYTES = 512;

/**
 * What a file that is not Parquet seems to be, as a noun phrase ("an HTML page"), or undefined if that cannot be told.
 * @param head the first bytes of the file.
 */
export function foreignFormat(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, FOREIGN_HEAD_BYTES)).toString('latin1');
  for (const [start, what] of signatures) if (text.startsWith(start)) return what;
  if (text.slice(257, 262) === 'ustar') return 'a tar archive';
  const plain = text
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(plain)) return 'an HTML page (an error page or a login page, perhaps)';
  if (/^(<\?xml|<error)/.test(plain)) return 'an XML document (an error message of a store, perhaps)';
  if (/^[{[]/.test(plain)) return 'JSON text';
  if (/^\0+$/.test(text)) return 'zero bytes (a download that never finished, perhaps)';
  // eslint-disable-next-line no-control-regex -- control characters are what tells text from data
  if (/^[\t\n\r\x20-\x7e]+$/.test(text)) return 'plain text';
  return undefined;
}
