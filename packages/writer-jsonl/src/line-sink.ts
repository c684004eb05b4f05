import { createGzip } from 'node:zlib';
import { Zstd } from '@hpcc-js/wasm-zstd';
import type { LineCodec } from './options.ts';

/** Compresses a stream of bytes. What comes out may be nothing yet. */
export interface LineSink {
  write(bytes: Uint8Array): Promise<readonly Uint8Array[]>;
  end(): Promise<readonly Uint8Array[]>;
  /** Frees everything. Idempotent. */
  free(): void;
}

const gzipLevel = 6;
const zstdLevel = 3;
/** Of the header (RFC 1952, 2.3): which operating system compressed. 255 is unknown. */
const systemByte = 9;

function plainSink(): LineSink {
  return { write: async (bytes) => [bytes], end: async () => [], free: () => undefined };
}

function gzipSink(): LineSink {
  const stream = createGzip({ level: gzipLevel });
  let pieces: Uint8Array[] = [];
  let isFirst = true;
  stream.on('data', (piece: Uint8Array) => {
    // The same bytes on every system.
    if (isFirst) piece[systemByte] = 255;
    isFirst = false;
    pieces.push(piece);
  });
  const take = () => {
    const taken = pieces;
    pieces = [];
    return taken;
  };
  const settled = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      start((error) => {
        stream.off('error', reject);
        if (error) reject(error);
        else resolve();
      });
    });
  return {
    async write(bytes) {
      await settled((done) => void stream.write(bytes, done));
      return take();
    },
    async end() {
      await settled((done) => {
        stream.once('end', done);
        stream.end();
      });
      return take();
    },
    free: () => void stream.destroy(),
  };
}

/** Instances that no sink uses. Each compresses one stream at a time. */
const idle: Zstd[] = [];
let loading: Promise<unknown> = Promise.resolve();

/** The library has one instance for all who load it, until it is unloaded: whoever holds it keeps it. */
function loadZstd(): Promise<Zstd> {
  const loaded = loading.then(async () => {
    await Zstd.unload();
    return Zstd.load();
  });
  loading = loaded;
  return loaded;
}

async function zstdSink(): Promise<LineSink> {
  const zstd = idle.pop() ?? (await loadZstd());
  zstd.reset();
  zstd.setCompressionLevel(zstdLevel);
  let isFreed = false;
  return {
    write: async (bytes) => [zstd.compressChunk(bytes).slice()],
    end: async () => [zstd.compressEnd().slice()],
    free() {
      if (!isFreed) idle.push(zstd);
      isFreed = true;
    },
  };
}

/** One frame or member for the whole file: some programs read no further than the first. */
export async function createLineSink(codec: LineCodec): Promise<LineSink> {
  if (codec === 'gzip') return gzipSink();
  return codec === 'zstd' ? zstdSink() : plainSink();
}
