import { Readable } from 'node:stream';
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { BadContentError } from '@riffle/core';
import { Decompress } from 'fzstd';
import { compressionOf, type TextCompression } from './compression.ts';

type Chunks = AsyncIterable<Uint8Array>;

const outputBytes = 2 ** 18;
/** Compressed bytes that zstd is given at once: a block of 4 bytes can be 128 KiB of text, so this many are 128 MiB at most. */
const zstdStep = 2 ** 12;

const damaged = (what: string, cause: unknown) =>
  new BadContentError(
    `Its ${what} data is damaged or truncated: ${(cause as Error).message}.`,
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
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw damaged('gzip', error);
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
  let pieces: Uint8Array[] = [];
  const stream = new Decompress((piece) => void pieces.push(piece));
  const push = (bytes: Uint8Array, final: boolean) => {
    try {
      stream.push(bytes, final);
    } catch (error) {
      throw damaged('zstd', error);
    }
    const taken = pieces;
    pieces = [];
    return taken;
  };
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += zstdStep) yield* push(chunk.subarray(at, at + zstdStep), false);
  yield* push(new Uint8Array(0), true);
}

/** The text's bytes, from those of the file. @throws BadContentError if they are damaged. */
export function decompress(chunks: Chunks, compression: TextCompression, size: number): Chunks {
  if (compression === 'gzip') return gunzip(chunks, size);
  return compression === 'zstd' ? unzstd(chunks) : chunks;
}

/** As much of the text as the first bytes of a file show; undefined where they show nothing. */
export function headText(head: Uint8Array): Buffer | undefined {
  const compression = compressionOf(head);
  if (compression === 'none') return Buffer.from(head);
  try {
    if (compression === 'gzip')
      return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 24 });
    const pieces: Uint8Array[] = [];
    new Decompress((piece) => void pieces.push(piece)).push(head.slice());
    return Buffer.concat(pieces);
  } catch {
    return undefined;
  }
}
