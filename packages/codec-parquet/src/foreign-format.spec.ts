import { expect, it } from 'vitest';
import { foreignFormat } from './foreign-format.ts';

it.each([
  ['version https://git-lfs.github.com/spec/v1\n', 'a Git-LFS pointer'],
  ['\ufeff <!DOCTYPE HTML PUBLIC', 'an HTML page'],
  ['<html lang="en">', 'an HTML page'],
  ['<?xml version="1.0"?><Error>', 'an XML document'],
  ['{"error": "not found"}', 'JSON text'],
  ['id,text\n1,täxt\n', 'comma-separated text (CSV)'],
  ['id;text;x\r\n1;a;2\r\n', 'text separated by semicolons (CSV)'],
  ['id\ttext\n1\ta\n', 'tab-separated text'],
  ['Hello, world.\nYes.', 'plain text'],
  ['../../blobs/4d7a2146', 'plain text'],
  ['<!-- cached -->\n<html>', 'an HTML page'],
  ['HTTP/1.1 404 Not Found\r\n', 'the answer of a web server'],
  ['/annex/objects/MD5E-s1--x', 'a git-annex pointer'],
  ['12345678DUCK', 'a DuckDB database'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['ORC\b', 'an ORC file'],
  ['FEA1', 'a Feather file'],
  ['GGUF', 'a GGUF model'],
  ['ARROW1\0\0', 'an Arrow IPC file'],
  ['\0\0\0\0\0\0', 'zero bytes'],
  ['RIFF1234WAVE', 'a RIFF file'],
  [`${'a'.repeat(257)}ustar`, 'a tar archive'],
])('%j is %s', (text, what) => {
  expect(foreignFormat(new TextEncoder().encode(text))).toContain(what);
});

it('does not guess', () => {
  expect(foreignFormat(Uint8Array.of(200, 1, 2, 250))).toBeUndefined();
  expect(foreignFormat(new Uint8Array(0))).toBeUndefined();
});

it.each([
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd file'],
  [[0x1f, 0x8b, 8], 'a gzip file'],
  [[0xff, 0xd8, 0xff, 0xe0], 'a JPEG image'],
  [[0xff, 0xfe, 0x69, 0, 0x64, 0], 'plain text'],
])('%j is %s', (bytes, what) => {
  expect(foreignFormat(Uint8Array.from(bytes))).toContain(what);
});

it('is not slowed down by many comments', () => {
  expect(foreignFormat(new TextEncoder().encode(`${'<!---->'.repeat(70)}<!`))).toBe('plain text');
});

it('takes text for text that ends within a character, and not what has control characters', () => {
  expect(foreignFormat(new TextEncoder().encode('ä'.repeat(300)).subarray(0, 511))).toBe('plain text');
  expect(foreignFormat(new TextEncoder().encode('text\u0001'))).toBeUndefined();
});
