import { crc32 } from 'node:zlib';
import { BadContentError } from '@riffle/core';
import { countLevels, parsePageHeader, type ColumnChunk, type PageHeader } from '@riffle/codec-parquet';

/** Gives `length` bytes of a column chunk from `offset`, counted from its start. They are looked at once, at once. */
export type ChunkSource = (offset: number, length: number) => Promise<Uint8Array> | Uint8Array;

/** Bytes looked at together. Most pages are smaller, and of larger ones only the header matters. */
const WINDOW_BYTES = 256 * 1024;

/** A header may hold the smallest and largest value of its page, but nothing larger than this. */
const LARGEST_HEADER = 64 * 1024 * 1024;

/** Bytes of a page that are checked together. */
const CRC_BYTES = 2 ** 20;

/**
 * The most that a byte can decompress to, where the format bounds it: a page header that declares more lies, and must
 * not make the codec allocate. Snappy copies 64 bytes with 3; a byte of LZ4 length stands for 255; deflate reaches 1032.
 */
const largestExpansion: Readonly<Record<string, number>> = {
  UNCOMPRESSED: 1,
  SNAPPY: 24,
  LZ4: 256,
  LZ4_RAW: 256,
  GZIP: 1033,
};

/** Allowance for tiny pages, where frames and headers weigh. */
const SMALL_PAGE = 1024;

function refuseImpossible(page: PageHeader, chunk: ColumnChunk): void {
  const length = page.end - page.start;
  if (page.end > chunk.compressedBytes) {
    throw new BadContentError(
      `A page is damaged: it ends at byte ${page.end} of a column chunk of ${chunk.compressedBytes} bytes.`,
      { kind: 'page' },
    );
  }
  const expansion = largestExpansion[chunk.codec];
  if (expansion !== undefined && page.uncompressedBytes > length * expansion + (expansion === 1 ? 0 : SMALL_PAGE)) {
    throw new BadContentError(
      `A page is damaged: its header declares ${page.uncompressedBytes} bytes, more than ${length} bytes of ${chunk.codec} data can hold.`,
      { kind: 'page' },
    );
  }
}

/** A stretch of the chunk that was read. */
interface Window {
  readonly start: number;
  readonly bytes: Uint8Array;
}

async function windowAt(source: ChunkSource, chunk: ColumnChunk, start: number, length: number): Promise<Window> {
  return { start, bytes: await source(start, Math.min(length, chunk.compressedBytes - start)) };
}

async function checkCrc(source: ChunkSource, page: PageHeader, window: Window): Promise<void> {
  let crc = 0;
  for (let at = page.start; at < page.end;) {
    const inWindow = at >= window.start && at < window.start + window.bytes.length;
    const bytes: Uint8Array = inWindow
      ? window.bytes.subarray(at - window.start, page.end - window.start)
      : await source(at, Math.min(CRC_BYTES, page.end - at));
    crc = crc32(bytes, crc);
    at += bytes.length;
  }
  if (crc !== page.crc)
    throw new BadContentError('A page CRC mismatch: the data was damaged after it was written.', { kind: 'checksum' });
}

/** The codec believes the number of nulls, or the levels, depending on how many rows it is asked for: so both must agree. */
async function checkNulls(source: ChunkSource, { leaf }: ColumnChunk, page: PageHeader): Promise<void> {
  const { levels, values, start, end } = page;
  const largest = leaf.maximumDefinitionLevel;
  if (levels === undefined) return;
  const from = start + levels.repetitionBytes;
  let present: number | undefined = values;
  if (from + levels.definitionBytes > end) present = undefined;
  else if (largest > 0 && values > 0)
    present = countLevels(await source(from, levels.definitionBytes), largest, largest, values);
  if (present !== undefined && (present === values - levels.nulls || leaf.maximumRepetitionLevel > 0)) return;
  throw new BadContentError(
    `A page is damaged: its header declares ${levels.nulls} nulls among ${values} values, its levels say otherwise.`,
    { kind: 'page' },
  );
}

/**
 * Walks the pages of a column chunk: checks CRCs that are there, and that counts and sizes are possible. Where there are
 * no CRCs, only headers are read. Positions in the result count from the chunk's start.
 * @param onPage is told of every page; what it throws ends the walk.
 * @throws BadContentError without saying where.
 */
export async function scanChunk(
  source: ChunkSource,
  chunk: ColumnChunk,
  onPage: (page: PageHeader) => void,
): Promise<PageHeader[]> {
  const pages: PageHeader[] = [];
  let values = 0;
  let at = 0;
  let window: Window = { start: 0, bytes: new Uint8Array(0) };
  let wanted = WINDOW_BYTES;
  // To the chunk's end: whether the codec looks at what follows the last value depends on how many rows it is asked for.
  while (at < chunk.compressedBytes && values <= chunk.values) {
    if (at >= window.start + window.bytes.length) window = await windowAt(source, chunk, at, wanted);
    let page: PageHeader;
    try {
      page = parsePageHeader(window.bytes, at - window.start, chunk.leaf);
    } catch (error) {
      const whole = window.start === at && (window.bytes.length < wanted || wanted > LARGEST_HEADER);
      if (whole) {
        throw new BadContentError(
          `A page header is damaged: no sound one at byte ${chunk.start + at} of the file.`,
          { kind: 'page', byte: chunk.start + at },
          { cause: error },
        );
      }
      // The header may only not be in the window as a whole.
      if (window.start === at) wanted *= 8;
      window = await windowAt(source, chunk, at, wanted);
      continue;
    }
    wanted = WINDOW_BYTES;
    const placed = { ...page, headerStart: at, start: window.start + page.start, end: window.start + page.end };
    refuseImpossible(placed, chunk);
    onPage(placed);
    if (placed.crc !== undefined) await checkCrc(source, placed, window);
    await checkNulls(source, chunk, placed);
    pages.push(placed);
    if (placed.kind === 'DATA_PAGE' || placed.kind === 'DATA_PAGE_V2') values += placed.values;
    at = placed.end;
  }
  if (values !== chunk.values)
    throw new BadContentError(
      `Its counts disagree: the pages hold ${values} values, the footer declares ${chunk.values}.`,
      { kind: 'counts' },
    );
  return pages;
}
