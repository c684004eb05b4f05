import type { ReadableFile } from '@riffle/core';
import type { ColumnChunk, PageHeader } from '@riffle/codec-parquet';
import { readInto, type ByteFeed } from './byte-feed.ts';
import { hardlyCompresses } from './page-body.ts';
import { createSnappyFeed } from './snappy-feed.ts';
import { createSnappyKernelFeed } from './snappy-kernel-feed.ts';

function createPlainFeed(file: ReadableFile, start: number, length: number): ByteFeed {
  let at = 0;
  return {
    history: 0,
    async fill(window, from, to) {
      const taken = Math.min(to - from, length - at);
      if (taken > 0) await readInto(file, window.subarray(from, from + taken), start + at);
      at += taken;
      return from + taken;
    },
    isAtEnd: () => at === length,
  };
}

/** Undefined if the page cannot be what it says. */
export function createPageFeed(file: ReadableFile, chunk: ColumnChunk, page: PageHeader): ByteFeed | undefined {
  const start = chunk.start + page.start;
  const stored = page.end - page.start;
  if (chunk.codec === 'SNAPPY') {
    const create = hardlyCompresses(page) ? createSnappyFeed : createSnappyKernelFeed;
    return create(file, start, stored, page.uncompressedBytes);
  }
  return stored === page.uncompressedBytes ? createPlainFeed(file, start, stored) : undefined;
}
