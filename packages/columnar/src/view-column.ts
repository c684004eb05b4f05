import { Binary, DataType, Utf8, type Data } from 'apache-arrow';
import { RiffleError } from '@riffle/core';
import { bitAt } from './bits.ts';
import { makeColumn, noBytes, type Column } from './column.ts';

/** Values of at most this many bytes stand in the view itself (Arrow columnar format, "Variable-size Binary View Layout"). */
const inlineBytes = 12;
const viewBytes = 16;

/** A string-view or binary-view column as an ordinary one with offsets. Copies the values. */
export function columnFromViews(data: Data, validity: Uint8Array | undefined, validityOffset: number): Column {
  const type = DataType.isUtf8View(data.type) ? new Utf8() : new Binary();
  const source = data.values as unknown as Uint8Array | undefined;
  const views = source === undefined ? noBytes : new Uint8Array(source.buffer, source.byteOffset, data.length * viewBytes);
  const fields = new DataView(views.buffer, views.byteOffset, views.byteLength);
  const offsets = new Int32Array(data.length + 1);
  for (let row = 0; row < data.length; row++) {
    const valid = validity === undefined || bitAt(validity, validityOffset + row);
    const end = offsets[row]! + (valid ? fields.getInt32(row * viewBytes, true) : 0);
    if (end < offsets[row]! || end > 0x7fffffff) throw new RiffleError('BAD_CONTENT', `A string view at row ${row} has an impossible length.`);
    offsets[row + 1] = end;
  }
  const values = new Uint8Array(offsets[data.length]!);
  for (let row = 0; row < data.length; row++) {
    const length = offsets[row + 1]! - offsets[row]!;
    if (length === 0) continue;
    const at = row * viewBytes;
    const inline = length <= inlineBytes;
    const buffer = inline ? views : (data.variadicBuffers[fields.getInt32(at + 8, true)] as Uint8Array | undefined);
    const start = inline ? at + 4 : fields.getInt32(at + 12, true);
    if (buffer === undefined || start < 0 || start + length > buffer.length) throw new RiffleError('BAD_CONTENT', `A string view at row ${row} points outside its buffer.`);
    values.set(buffer.subarray(start, start + length), offsets[row]!);
  }
  return makeColumn({ type, layout: { kind: 'bytes', large: false }, length: data.length, validity, validityOffset, offsets, values });
}
