import { expect, it } from 'vitest';
import { foreignFormat } from './foreign-format.ts';

it.each([
  ['version https://git-lfs.github.com/spec/v1\n', 'a Git-LFS pointer'],
  ['\ufeff <!DOCTYPE HTML PUBLIC', 'an HTML page'],
  ['<html lang="en">', 'an HTML page'],
  ['<?xml version="1.0"?><Error>', 'an XML document'],
  ['{"error": "not found"}', 'JSON text'],
  ['id,text\n1,a\n', 'plain text'],
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
