import { beginning, visible } from './short-text.ts';

/** Headers of pictures are near the start. */
const PICTURE_HEAD = 512 * 1024;

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const thousandths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3, useGrouping: false });

/** `1,234 bytes`. */
export function byteCount(bytes: number): string {
  return `${counts.format(bytes)} byte${bytes === 1 ? '' : 's'}`;
}

function wordAt(bytes: Uint8Array, start: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + 4));
}

/** The name of a sound's format by its first bytes, or undefined. */
function soundFormat(bytes: Uint8Array): string | undefined {
  const word = wordAt(bytes, 0);
  const form = wordAt(bytes, 8);
  if (word === 'RIFF' && form === 'WAVE') return 'wav';
  if (word === 'FORM' && (form === 'AIFF' || form === 'AIFC')) return 'aiff';
  if (word === 'fLaC') return 'flac';
  if (word === 'OggS') return 'ogg';
  if (word.startsWith('ID3')) return 'mp3';
  if (wordAt(bytes, 4) === 'ftyp' && /^M4[AB] /.test(form)) return 'm4a';
  // A frame of MPEG audio, layer III: eleven bits, a version and a layer that there are, and a bit rate and sample rate that there are.
  const [first = 0, second = 0, third = 0] = bytes;
  const frame = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return frame && third >> 4 !== 15 && third >> 4 !== 0 && (third & 0x0c) !== 0x0c ? 'mp3' : undefined;
}

interface SoundFacts {
  readonly duration?: number | undefined;
  readonly sampleRate?: number | undefined;
  readonly numberOfChannels?: number | undefined;
  readonly codec?: string | undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function unreadable(format: string, size: number): string {
  return `${format} that cannot be read, ${byteCount(size)}`;
}

/** `1.2 s, 24 kHz stereo wav`. */
function soundText(format: string, size: number, facts: SoundFacts): string {
  const { duration, sampleRate, numberOfChannels: channels, codec } = facts;
  // What stands in an Ogg file, and not the number of a wav's codec: `Vorbis I` is vorbis.
  const inside =
    format === 'ogg' && typeof codec === 'string'
      ? ` ${visible(beginning(codec, 20)).split(' ')[0]!.toLowerCase()}`
      : '';
  const name = format + inside;
  const rate = isNumber(sampleRate) ? `${thousandths.format(sampleRate / 1000)} kHz ` : '';
  const sides =
    channels === 2 ? 'stereo ' : isNumber(channels) && channels > 2 ? `${counts.format(channels)} channels ` : '';
  if (!isNumber(duration) && !isNumber(sampleRate)) return unreadable(format, size);
  const length = isNumber(duration) && duration < 1e7 ? `${decimals.format(duration)} s` : byteCount(size);
  return `${length}, ${rate}${sides}${name}`;
}

async function soundDescription(bytes: Uint8Array, format: string): Promise<string> {
  // Only who has sounds waits for it to load.
  const { parseBuffer } = await import('music-metadata');
  try {
    const { format: facts } = await parseBuffer(bytes, { size: bytes.length }, { duration: false, skipCovers: true });
    return soundText(format, bytes.length, facts);
  } catch {
    return unreadable(format, bytes.length);
  }
}

/** The name of a picture's format by its first bytes, or undefined. */
function pictureFormat(bytes: Uint8Array): string | undefined {
  const word = wordAt(bytes, 0);
  if (word === '\u0089PNG') return 'png';
  if (word.startsWith('GIF8')) return 'gif';
  if (word.startsWith('\u00ff\u00d8\u00ff')) return 'jpeg';
  if (word === 'RIFF' && wordAt(bytes, 8) === 'WEBP') return 'webp';
  if (word === 'II*\0' || word === 'MM\0*') return 'tiff';
  return word.startsWith('BM') &&
    bytes.length > 26 &&
    new DataView(bytes.slice(2, 6).buffer).getUint32(0, true) === bytes.length
    ? 'bmp'
    : undefined;
}

/** `640×480 png`. */
async function pictureDescription(bytes: Uint8Array, format: string): Promise<string> {
  const { imageSize } = await import('image-size');
  try {
    const { width, height } = imageSize(bytes.slice(0, PICTURE_HEAD));
    if (isNumber(width) && isNumber(height)) return `${width}×${height} ${format}`;
  } catch {
    // Told below.
  }
  return unreadable(format, bytes.length);
}

/**
 * A sound or picture in a few words by its header, or undefined for other bytes. Nothing is decoded; what the header says is
 * believed for this sentence and nothing else. Never fails.
 */
export async function describeMedia(bytes: Uint8Array): Promise<string | undefined> {
  const sound = soundFormat(bytes);
  if (sound !== undefined) return soundDescription(bytes, sound);
  const picture = pictureFormat(bytes);
  return picture === undefined ? undefined : pictureDescription(bytes, picture);
}
