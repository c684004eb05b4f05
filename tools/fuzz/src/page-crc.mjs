import { crc32 } from 'node:zlib';
import { integer, replaceBytes, takeApart } from './parquet-parts.mjs';
import { fieldOf, setField, writeStruct } from './thrift-tree.mjs';

const CRC = 4;

/** Notes the CRC of a page's bytes in its header, a tree. */
export function setCrc(header, body) {
  setField(header, CRC, integer('int32', crc32(body) | 0));
}

/** The same file with a CRC in every page header: hardly a writer notes them, so test files with them must be made. */
export function withPageCrcs(bytes) {
  let current = bytes;
  const count = pagesOf(takeApart(bytes)).length;
  for (let index = 0; index < count; index++) {
    const parts = takeApart(current);
    const page = pagesOf(parts)[index];
    setCrc(page.header, parts.bytes.subarray(page.start, page.end));
    current = replaceBytes(parts, page.headerStart, page.start, writeStruct(page.header));
  }
  return current;
}

/** Whether every page of a file taken apart has a CRC. */
export function hasCrcs(parts) {
  const pages = pagesOf(parts);
  return pages.length > 0 && pages.every(({ header }) => fieldOf(header, CRC) !== undefined);
}

function pagesOf({ chunks }) {
  return chunks.flatMap(({ pages }) => pages);
}
