const blockBytes = 512;

/** The least of a ustar header (POSIX.1-1988) that readers ask for. */
function header(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(blockBytes);
  const put = (text: string, at: number) => bytes.write(text, at, 'latin1');
  put(name, 0);
  put('0000644\0', 100);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put(`${'0'.repeat(11)}\0`, 136);
  put('        0ustar\x0000', 148);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

const padding = (size: number) => (blockBytes - (size % blockBytes)) % blockBytes;

/** A tar archive of files with short names, put together without the writer that is tested. */
export function tarOf(files: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const members = files.flatMap(([name, bytes]) => [
    header(name, bytes.length),
    bytes,
    Buffer.alloc(padding(bytes.length)),
  ]);
  return Buffer.concat([...members, Buffer.alloc(2 * blockBytes)]);
}

/** The files of a ustar archive with short names, in order. */
export function filesOf(archive: Buffer): readonly (readonly [name: string, bytes: Buffer])[] {
  const files: (readonly [string, Buffer])[] = [];
  for (let at = 0; archive[at] !== 0;) {
    const name = archive.toString('latin1', at, archive.indexOf(0, at));
    const size = parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    files.push([name, archive.subarray(at + blockBytes, at + blockBytes + size)]);
    at += blockBytes + size + padding(size);
  }
  return files;
}
