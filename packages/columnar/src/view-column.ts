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
  const views = source === undefined ? noBytes : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const fields = new DataView(views.buffer, views.byteOffset, views.byteLength);
  if (views.length < data.length * viewBytes)
    throw new RiffleError(
      'BAD_CONTENT',
      `A column of ${data.length} string views has only ${views.length} bytes of them.`,
    );
  const parts: (Uint8Array | undefined)[] = [];
  const offsets = new Int32Array(data.length + 1);
  for (let row = 0; row < data.length; row++) {
    const valid = validity === undefined || bitAt(validity, validityOffset + row);
    // Nothing is allocated before every view was found to point at bytes that exist.
    const part = valid ? viewedBytes(data, views, fields, row) : undefined;
    const end = offsets[row]! + (part?.length ?? 0);
    if (end > 0x7fffffff)
      throw new RiffleError(
        'INTERNAL',
        'A batch holds more than 2 GiB in one column; it must be read in smaller slices.',
      );
    parts.push(part);
    offsets[row + 1] = end;
  }
  const values = new Uint8Array(offsets[data.length]!);
  parts.forEach((part, row) => (part === undefined ? undefined : values.set(part, offsets[row]!)));
  return makeColumn({
    type,
    layout: { kind: 'bytes', large: false },
    length: data.length,
    validity,
    validityOffset,
    offsets,
    values,
  });
}

function viewedBytes(data: Data, views: Uint8Array, fields: DataView, row: number): Uint8Array {
  const at = row * viewBytes;
  const length = fields.getInt32(at, true);
  const inline = length >= 0 && length <= inlineBytes;
  const buffer = inline ? views : (data.variadicBuffers[fields.getInt32(at + 8, true)] as Uint8Array | undefined);
  const start = inline ? at + 4 : fields.getInt32(at + 12, true);
  if (length < 0 || buffer === undefined || start < 0 || start + length > buffer.length) {
    throw new RiffleError('BAD_CONTENT', `The string view at row ${row} points outside its buffers.`);
  }
  return buffer.subarray(start, start + length);
}
