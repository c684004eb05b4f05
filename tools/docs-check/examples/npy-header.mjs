import { BadContentError } from '@riffle/core';
import { Float32, Float64, Int16, Int32, Int64, Uint8 } from 'apache-arrow';

export const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59); // \x93NUMPY

export const isNumpy = (head) => MAGIC.every((byte, index) => head[index] === byte);

/** NumPy's names of what Arrow has, too, with the array that holds the values. */
const TYPES = {
  '|b1': { type: new Uint8(), array: Uint8Array },
  '|u1': { type: new Uint8(), array: Uint8Array },
  '<i2': { type: new Int16(), array: Int16Array },
  '<i4': { type: new Int32(), array: Int32Array },
  '<i8': { type: new Int64(), array: BigInt64Array },
  '<f4': { type: new Float32(), array: Float32Array },
  '<f8': { type: new Float64(), array: Float64Array },
};

const unsupported = (reason) => new BadContentError(reason, {}, { code: 'UNSUPPORTED_CONTENT' });

/**
 * What the header of a NumPy file says (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): type, width of a
 * value in bytes, where values start, and rows. Checked against the file's size.
 */
export async function readHeader(file, options) {
  if (file.size < 10) throw new BadContentError('It is too short for a NumPy file.');
  const head = Buffer.from(await file.read(0, 10, options));
  if (!isNumpy(head)) throw new BadContentError('It does not start as NumPy files do.');
  if (head[6] !== 1) throw unsupported(`It is of version ${head[6]} of the format; only 1 can be read.`);
  const start = 10 + head.readUInt16LE(8);
  if (start > file.size) throw new BadContentError('It ends within its header.');
  const text = Buffer.from(await file.read(10, start - 10, options)).toString('latin1');
  const found = /'descr': '([^']*)', 'fortran_order': (?:True|False), 'shape': \(([^)]*)\)/.exec(text);
  if (found === null) throw unsupported('Its header is no description of one array.');
  const [, name, shape] = found;
  if (!/^\d+,$/.test(shape)) throw unsupported(`It is an array of shape (${shape}); only lists can be read.`);
  if (!Object.hasOwn(TYPES, name)) throw unsupported(`Its values are ${name}, which cannot be read.`);
  const { type, array } = TYPES[name];
  const [rows, width] = [Number.parseInt(shape, 10), array.BYTES_PER_ELEMENT];
  if (start + rows * width !== file.size)
    throw new BadContentError(`Its header says ${rows} values of ${name}, and ${file.size - start} bytes follow it.`);
  return { name, type, array, width, start, rows };
}
