import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import { BLOCK, nameText, parseHeader, parsePax } from './tar-header.ts';

/** A regular file in an archive. Offsets are bytes from the archive's start. */
export interface TarMember {
  readonly name: string;
  /** Where its first header begins. */
  readonly begin: number;
  /** Where its body begins. */
  readonly start: number;
  readonly size: number;
  /** After the padding. */
  readonly end: number;
}

export interface WalkOptions extends OperationOptions {
  /** Where to begin and to stop, at the bounds of members. Default: the whole archive, whose end is then checked. */
  readonly range?: { readonly start: number; readonly end: number } | undefined;
  /** Is told of members that are no files. */
  readonly onSkipped?: ((sentence: string) => void) | undefined;
}

const longestExtension = 2 ** 20;
const ahead = 2 ** 15;
const smallBody = 2 ** 12;

const damaged = (reason: string) => new BadContentError(reason, { kind: 'damaged' });
const truncated = (reason: string) => new BadContentError(reason, { kind: 'truncated' });
const unsupported = (reason: string) =>
  new BadContentError(reason, { kind: 'unsupported' }, { code: 'UNSUPPORTED_CONTENT' });

/** Reads ahead where headers stand close together, and headers only where bodies are large. */
function createWindow(file: ReadableFile, options: OperationOptions) {
  let [start, bytes]: [number, Buffer] = [0, Buffer.alloc(0)];
  let step = BLOCK;
  return {
    async at(offset: number, length: number): Promise<Buffer> {
      if (offset < start || offset + length > start + bytes.length) {
        options.signal?.throwIfAborted();
        const wanted = Math.min(Math.max(length, step), file.size - offset);
        const read = await file.read(offset, wanted, options);
        [start, bytes] = [offset, Buffer.from(read.buffer, read.byteOffset, read.length)];
      }
      return bytes.subarray(offset - start, offset - start + length);
    },
    /** Twice as much each time, so that one small body between large ones costs little. */
    expectNear: (near: boolean) => void (step = near ? Math.min(2 * step, ahead) : BLOCK),
  };
}

const isZero = (bytes: Buffer) => bytes.every((byte) => byte === 0);

/** Two blocks of zeros, and nothing but zeros after them: concatenated archives would lose rows to every other program. */
async function checkEnd(file: ReadableFile, offset: number, options: OperationOptions): Promise<void> {
  if (file.size - offset < 2 * BLOCK) throw truncated('It is truncated: an archive ends with two blocks of zeros.');
  if (file.size % BLOCK !== 0) throw truncated(`It is truncated: its ${file.size} bytes are no whole blocks.`);
  for (let at = offset; at < file.size; at += ahead) {
    options.signal?.throwIfAborted();
    const bytes = await file.read(at, Math.min(ahead, file.size - at), options);
    if (!isZero(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)))
      throw damaged(`Something follows the end of the archive at byte ${offset}.`);
  }
}

/**
 * The regular files of an archive in order: ustar, GNU and pax names. Bodies are not read, except by chance.
 * @throws BadContentError for damaged and truncated archives, links and sparse files
 */
export async function* walkMembers(file: ReadableFile, options: WalkOptions): AsyncGenerator<TarMember> {
  const { range, onSkipped, signal } = options;
  const window = createWindow(file, { signal });
  const limit = range?.end ?? file.size;
  let at = range?.start ?? 0;
  let begin = at;
  let longName: string | undefined;
  let pax: ReadonlyMap<string, Buffer> | undefined;
  while (at < limit) {
    if (limit - at < BLOCK) throw truncated('It is truncated within a tar header.');
    const block = await window.at(at, BLOCK);
    if (block[0] === 0 && isZero(block)) {
      if (begin !== at) throw damaged('It ends after an extended header.');
      return checkEnd(file, at, { signal });
    }
    const header = parseHeader(block, at);
    const paxSize = pax?.get('size')?.toString('latin1');
    if (paxSize !== undefined && !/^\d{1,15}$/.test(paxSize))
      throw damaged('A pax header has a size that is no number.');
    const isExtension = 'LKxg'.includes(header.type);
    const size = isExtension || paxSize === undefined ? header.size : Number(paxSize);
    const start = at + BLOCK;
    const end = start + Math.ceil(size / BLOCK) * BLOCK;
    if (end > limit) throw truncated(`It is truncated: a member of ${size} bytes begins at byte ${at}.`);
    at = end;
    window.expectNear(size < smallBody);
    if (isExtension) {
      if (size > longestExtension) throw damaged(`An extended header has ${size} bytes.`);
      const body = await window.at(start, size);
      if (header.type === 'L') longName = nameText(body.subarray(0, body.includes(0) ? body.indexOf(0) : undefined));
      else if (header.type !== 'K') {
        const records = parsePax(body);
        if ([...records.keys()].some((key) => key.startsWith('GNU.sparse')))
          throw unsupported('It holds sparse files, which are not read.');
        if (header.type === 'x') pax = records;
      }
      continue;
    }
    const paxName = pax?.get('path');
    const name = paxName === undefined ? (longName ?? header.name) : nameText(paxName);
    const member = { name, begin, start, size, end };
    [begin, longName, pax] = [end, undefined, undefined];
    if (header.type === '1' || header.type === '2')
      throw unsupported(
        `The member ${JSON.stringify(name.slice(0, 200))} is a link; write the archive with the files themselves (tar --dereference --hard-dereference).`,
      );
    if (header.type === 'S') throw unsupported('It holds sparse files, which are not read.');
    if ((header.type !== '0' && header.type !== '7') || name.endsWith('/')) {
      if (header.type !== '5' && !name.endsWith('/'))
        onSkipped?.('Members that are no files (devices, FIFOs and the like) are passed over.');
      continue;
    }
    yield member;
  }
  if (range === undefined) throw truncated('It is truncated: an archive ends with two blocks of zeros.');
}
