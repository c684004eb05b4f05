import { arbitraryBatch, arbitrarySchema, leafTypes, makeBatch } from '@riffle/testkit';
import {
  Binary,
  DataType,
  Dictionary,
  Field,
  Int8,
  makeData,
  Schema,
  tableFromArrays,
  tableFromJSON,
  Utf8,
  Vector,
  vectorFromArray,
  type Data,
  type RecordBatch,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_PREVIEW, previewValue } from './preview-value.ts';

// oxlint-disable-next-line no-control-regex -- what a terminal would obey or hide
const steering = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

async function previews(values: readonly unknown[]): Promise<(string | null)[]> {
  const [data] = tableFromJSON(values.map((value) => ({ value }))).batches[0]!.data.children;
  return Promise.all(values.map((_, row) => previewValue(data!, row)));
}

/** The value as apache-arrow gives it; a word where it cannot, as with seconds beyond its dates. */
function byArrow(data: Data, row: number): unknown {
  try {
    return new Vector([data]).get(row);
  } catch {
    return 'beyond';
  }
}

describe('a value as short text', () => {
  it('is what people would write', async () => {
    expect(await previews(['plain', null, ''])).toEqual(['"plain"', null, '""']);
    expect(await previews([1.5, -0, null])).toEqual(['1.5', '-0', null]);
    expect(await previews([true, false])).toEqual(['true', 'false']);
    expect(await previews([[1, 2, 3], [], null])).toEqual(['[1, 2, 3]', '[]', null]);
    expect(await previews([{ a: 1, 'b c': 'x' }])).toEqual(['{a: 1, "b c": "x"}']);
  });

  it('shows the first elements of a long list, and how many there are', async () => {
    const tokens = Array.from({ length: 1187 }, (_, index) => index);
    expect(await previews([tokens])).toEqual(['[0, 1, 2, 3, 4, 5, 6, 7, … 1,187 in all]']);
    expect(await previews([[tokens, tokens]])).toEqual([
      '[[0, 1, 2, 3, … 1,187 in all], [0, 1, 2, 3, … 1,187 in all]]',
    ]);
    expect(await previews([[[[[1]]]]])).toEqual(['[[[[… 1 in all]]]]']);
  });

  it('cuts long text and shows what would steer a terminal as escapes', async () => {
    const [long, red, turned, line] = await previews(['é'.repeat(10_000), '\u001b[31mred', '\u202eabc\u0085', 'a\nb']);
    expect(long).toMatch(/^"é{159}…"$/);
    expect([red, turned, line]).toEqual(['"\\u001b[31mred"', '"\\u202eabc\\u0085"', '"a\\nb"']);
    const [name] = await previews([{ '\u001b[2J\n': 1 }]);
    expect(name).toBe('{"\\u001b[2J\\n": 1}');
  });

  it('tells bytes by their number and beginning, and short ASCII as text', async () => {
    const bytes = [new Uint8Array([0, 1, 255]), new Uint8Array(1e6).fill(7), new Uint8Array(0), Buffer.from('key-7')];
    const { data } = vectorFromArray(bytes, new Binary());
    const texts = await Promise.all(bytes.map((_, row) => previewValue(data[0]! as Data, row)));
    expect(texts).toEqual(['3 bytes: 0001ff', '1,000,000 bytes: 0707070707070707…', '0 bytes', 'b"key-7"']);
  });

  it('follows a dictionary', async () => {
    const { data } = tableFromArrays({ value: ['b', 'a', 'b'] }).getChildAt(0)!;
    expect(data[0]!.type.toString()).toContain('Dictionary');
    expect(await Promise.all([0, 1, 2].map((row) => previewValue(data[0]!, row)))).toEqual(['"b"', '"a"', '"b"']);
    const withNull = makeData({
      type: new Dictionary(new Utf8(), new Int8()),
      length: 2,
      nullCount: 0,
      data: Int8Array.of(1, 0),
      dictionary: vectorFromArray(['a', null], new Utf8()),
    });
    expect(await Promise.all([0, 1].map((row) => previewValue(withNull as Data, row)))).toEqual([null, '"a"']);
  });

  it('decodes no more of a text than is shown', async () => {
    const values = new Uint8Array(64 * 2 ** 20).fill(0x61);
    const read: number[] = [];
    const watched = new Proxy(values, {
      get(target, key) {
        if (key === 'subarray')
          return (start: number, end: number) => {
            const part = target.subarray(start, end);
            const { subarray } = part;
            part.subarray = (from?: number, to?: number) => {
              read.push((to ?? part.length) - (from ?? 0));
              return subarray.call(part, from, to);
            };
            return part;
          };
        return Reflect.get(target, key, target) as unknown;
      },
    });
    const data = {
      type: new Utf8(),
      values: watched,
      valueOffsets: Int32Array.of(0, values.length),
      getValid: () => true,
    };
    expect(await previewValue(data as unknown as Data, 0)).toMatch(/^"a+…"$/);
    expect(Math.max(...read)).toBeLessThan(1000);
  });

  it('never fails, is short, in one line, shows itself, and is null only for null, for rows of every type', async () => {
    let seen = 0;
    const look = async (data: Data, row: number): Promise<void> => {
      const value = byArrow(data, row);
      const text = await previewValue(data, row);
      seen++;
      const what = `${data.type} ${String(text)}`;
      expect([what, text === null]).toEqual([what, value === null]);
      if (text === null) return;
      expect([what, text.length <= LONGEST_PREVIEW, steering.test(text)]).toEqual([what, true, false]);
      expect(text).not.toBe('a value that cannot be shown');
      if (DataType.isInt(data.type)) expect(text).toBe(String(value));
      if (DataType.isUtf8(data.type) && String(value).length < 100) expect(JSON.parse(text)).toBe(value);
    };
    const lookAtAll = async (batch: RecordBatch) => {
      for (const data of batch.data.children)
        for (let row = 0; row < Math.min(5, batch.numRows); row++) await look(data, row);
    };
    await fc.assert(
      fc.asyncProperty(
        arbitrarySchema().chain((schema) => arbitraryBatch(schema)),
        lookAtAll,
      ),
      {
        numRuns: 150,
      },
    );
    const fields = Object.entries(leafTypes).map(([name, type]) => new Field(name, type(), true));
    await lookAtAll(makeBatch(new Schema(fields), { rows: 20, seed: 7, nullShare: 0.2, sliceStart: 3 }));
    expect(seen).toBeGreaterThan(500);
  });
});
