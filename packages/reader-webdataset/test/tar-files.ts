import { END, frameMember } from '@riffle/codec-webdataset';

export interface TarFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its type flag. Default: a regular file. */
  readonly type?: string;
}

/** Writes the type into a header of 512 bytes, and mends the checksum. */
function withType(header: Buffer, type: string): Buffer {
  const changed = Buffer.from(header);
  changed[156] = type.charCodeAt(0);
  changed.fill(32, 148, 156);
  const sum = changed.reduce((total, byte) => total + byte, 0);
  changed.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return changed;
}

/** An archive. */
export function tar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ name, bytes, type }) => {
    const { before, after } = frameMember(name, bytes.length);
    return [type === undefined ? before : withType(before, type), bytes, after];
  });
  return Buffer.concat([...parts, END]);
}
