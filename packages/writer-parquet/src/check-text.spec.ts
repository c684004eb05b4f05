import {
  Binary,
  Field,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
  type Data,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { checkText } from './check-text.ts';

function batchOf(type: Field, data: Data): RecordBatch {
  const children = [data];
  return new RecordBatch(
    new Schema([type]),
    makeData({ type: new Struct([type]), length: data.length, nullCount: 0, children }),
  );
}

function texts(...values: readonly Uint8Array[]): RecordBatch {
  const offsets = Int32Array.from([0, ...values.map(({ length }) => length)]);
  for (let index = 1; index < offsets.length; index++) offsets[index]! += offsets[index - 1]!;
  const type = new Utf8();
  const data = makeData({
    type,
    length: values.length,
    nullCount: 0,
    valueOffsets: offsets,
    data: Buffer.concat(values),
  });
  return batchOf(new Field('text', type, true), data);
}

describe('checkText', () => {
  it('takes texts of all lengths of characters, empty ones, and parts of batches', () => {
    const values = ['', 'a', 'ä', '語', '😀', ''].map((value) => Buffer.from(value));
    expect(() => checkText(texts(...values))).not.toThrow();
    expect(() => checkText(texts(...values).slice(3, 5))).not.toThrow();
  });

  it('refuses bytes that are no text, and characters that are cut in two, and says which column', () => {
    expect(() => checkText(texts(Buffer.from('fine'), Uint8Array.of(0xff)))).toThrow(
      'Column text holds text that is not valid UTF-8, so it was not written.',
    );
    const [first, second] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
    expect(() => checkText(texts(first, second))).toThrow(/Column text/);
  });

  it('looks into lists, and not at byte strings', () => {
    const list = texts(Uint8Array.of(0xff)).data.children[0]!;
    const type = new List(new Field('element', new Utf8(), true));
    const nested = makeData({ type, length: 1, nullCount: 0, valueOffsets: Int32Array.of(0, 1), child: list } as never);
    expect(() => checkText(batchOf(new Field('texts', type, true), nested))).toThrow(/Column texts/);
    const bytes = vectorFromArray([Uint8Array.of(0xff)], new Binary()).data[0]!;
    expect(() => checkText(batchOf(new Field('bytes', new Binary(), true), bytes))).not.toThrow();
  });
});
