/** What some bytes of a file's start mean, as people call it; at byte 0 if no offset is given. */
const signatures: readonly (readonly [bytes: string, what: string, offset?: number])[] = [
  ['version https://git-lfs', 'a Git-LFS pointer (the data was not downloaded: run `git lfs pull`)'],
  ['/annex/objects/', 'a git-annex pointer (the data was not downloaded: run `git annex get`)'],
  ['../.git/annex/objects/', 'a git-annex pointer (the data was not downloaded: run `git annex get`)'],
  ['HTTP/1.', 'the answer of a web server with its headers'],
  ['\x1f\x8b', 'a gzip file'],
  ['PK\x03\x04', 'a zip archive'],
  ['PK\x05\x06', 'a zip archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['\x28\xb5\x2f\xfd', 'a zstd file'],
  ['\x04\x22\x4d\x18', 'an lz4 file'],
  ['\xff\x06\x00\x00sNaPpY', 'a snappy file'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ\x00', 'an xz file'],
  ['ustar', 'a tar archive', 257],
  ['ARROW1', 'an Arrow IPC file (Feather)'],
  ['FEA1', 'a Feather file of version 1'],
  ['\xff\xff\xff\xff', 'an Arrow IPC stream'],
  ['ORC', 'an ORC file'],
  ['Obj\x01', 'an Avro file'],
  ['SQLite format 3', 'an SQLite database'],
  ['DUCK', 'a DuckDB database', 8],
  ['\x89HDF', 'an HDF5 file'],
  ['\x93NUMPY', 'a NumPy array'],
  ['GGUF', 'a GGUF model'],
  ['RIFF', 'a RIFF file (WAV or the like)'],
  ['fLaC', 'a FLAC file'],
  ['OggS', 'an Ogg file'],
  ['ID3', 'an MP3 file'],
  ['ftyp', 'an MP4 file', 4],
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['%PDF', 'a PDF document'],
];

/** Bytes of a file's start that {@link foreignFormat} looks at. */
export const FOREIGN_HEAD_BYTES = 512;

/** What text is, by its beginning; `text` in lower case, without white space and a byte order mark before it. */
function textFormat(text: string): string {
  const markup = text.replace(/^(?:<!--(?:(?!-->)[^])*-->\s*)+/, '');
  if (/^<(!doctype html|html|head|body)\b/.test(markup)) return 'an HTML page (an error page or a login page, perhaps)';
  if (/^<(\?xml|error)\b/.test(text)) return 'an XML document (an error message of a store, perhaps)';
  if (/^[{[]/.test(text)) return 'JSON text';
  const [first, second] = text.split(/\r?\n/);
  const cells = (line: string | undefined, separator: string) => line?.split(separator).length ?? 0;
  for (const [separator, what] of [
    ['\t', 'tab-separated text'],
    [',', 'comma-separated text (CSV)'],
    [';', 'text separated by semicolons (CSV)'],
  ] as const) {
    if (cells(first, separator) > 1 && cells(first, separator) === cells(second, separator)) return what;
  }
  return 'plain text';
}

/** The text that bytes stand for, if they are UTF-8 up to a character that was cut, or UTF-16, and have no control characters. */
function textOf(head: Uint8Array): string | undefined {
  const utf16 = head[0] === 0xff && head[1] === 0xfe;
  try {
    const text = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(head, { stream: true });
    // oxlint-disable-next-line no-control-regex -- control characters are what tells text from data
    return text === '' || /[\0-\x08\x0e-\x1f\x7f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * What a file that is not Parquet seems to be, as a noun phrase ("an HTML page"), or undefined if that cannot be told.
 * @param bytes the first bytes of the file.
 */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, FOREIGN_HEAD_BYTES);
  const latin = Buffer.from(head).toString('latin1');
  for (const [start, what, offset = 0] of signatures) if (latin.startsWith(start, offset)) return what;
  if (/^\0+$/.test(latin)) return 'zero bytes (a download that never finished, perhaps)';
  const text = textOf(head);
  return text === undefined ? undefined : textFormat(text.trimStart().toLowerCase());
}
