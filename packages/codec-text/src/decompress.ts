import { Readable } from 'node:stream';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { BadContentError, isBadContent } from '@riffle/core';
import { compressionOf, type TextCompression } from './compression.ts';
import { enterZstd, leaveZstd } from './zstd-library.ts';
import { createZstdStream, damagedZstd } from './zstd-stream.ts';

type Chunks = AsyncIterable<Uint8Array>;

const outputBytes = 2 ** 18;

const damagedGzip = (cause: unknown) =>
  new BadContentError(
    `Its gzip data is damaged or truncated: ${(cause as Error).message}.`,
    { kind: 'decode' },
    { cause },
  );

async function* gunzip(chunks: Chunks, size: number): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: true, highWaterMark: 1 });
  const stream = createGunzip({ chunkSize: outputBytes });
  source.on('error', (error) => stream.destroy(error));
  source.pipe(stream);
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw damagedGzip(error);
    throw error;
  } finally {
    source.destroy();
    stream.destroy();
  }
  // Node passes over what follows the last member.
  if (stream.bytesWritten < size)
    throw new BadContentError(`Its gzip data ends at byte ${stream.bytesWritten}, and something else follows.`, {
      kind: 'decode',
    });
}

async function* unzstd(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const library = await enterZstd();
  try {
    const stream = createZstdStream(library);
    try {
      for await (const chunk of chunks) yield* stream.push(chunk);
      if (!stream.isWhole()) throw damagedZstd('it ends within a frame');
    } finally {
      stream.free();
    }
  } finally {
    leaveZstd();
  }
}

/** The text's bytes, from those of the file. @throws BadContentError if they are damaged. */
export function decompress(chunks: Chunks, compression: TextCompression, size: number): Chunks {
  if (compression === 'gzip') return gunzip(chunks, size);
  return compression === 'zstd' ? unzstd(chunks) : chunks;
}

/** Of the first bytes of a file, no more text is looked at. */
const mostHeadText = 2 ** 20;

async function zstdHead(head: Uint8Array): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // It ends within a frame, which is none of the file's faults.
  const text = unzstd(Readable.from([head], { objectMode: true }));
  try {
    for await (const piece of text) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes >= mostHeadText) break;
    }
  } catch (error) {
    if (!isBadContent(error)) throw error;
  }
  return bytes === 0 ? undefined : Buffer.concat(pieces);
}

/** As much of the text as the first bytes of a file show; undefined where they show nothing. Only zstd has to be waited for. */
export function headText(head: Uint8Array): Buffer | undefined | Promise<Buffer | undefined> {
  const compression = compressionOf(head);
  if (compression === 'none') return Buffer.from(head);
  if (compression === 'zstd') return zstdHead(head);
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 24 });
  } catch {
    return undefined;
  }
}
