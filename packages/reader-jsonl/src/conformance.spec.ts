import { gzipSync } from 'node:zlib';
import { Zstd } from '@hpcc-js/wasm-zstd';
import { describeReader, type CanonicalRow } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import createReader from './index.ts';

const bitsOf = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
};

/** Lines by hand, and what they mean in the canonical form of the testkit. */
function lines(rows: number, end = '\n'): { readonly bytes: Buffer; readonly rows: CanonicalRow[] } {
  const texts: string[] = [];
  const truth: CanonicalRow[] = [];
  for (let row = 0; row < rows; row++) {
    const big = 9_007_199_254_740_993n + BigInt(row);
    const half = row / 2 + 0.25;
    texts.push(
      `{"id": ${row}, "big":${big}, "half": ${half}, "text":"wave ${row} \\u00fc 音👋", "tags":[1,null,${row}], "inner":{"flag":${row % 2 === 0},"note":${row % 3 === 0 ? 'null' : `"n${row}"`}}}`,
    );
    truth.push({
      id: String(row),
      big: String(big),
      half: bitsOf(half),
      text: `wave ${row} ü 音👋`,
      tags: ['1', null, String(row)],
      inner: { flag: row % 2 === 0, note: row % 3 === 0 ? null : `n${row}` },
    });
  }
  return { bytes: Buffer.from(texts.map((text) => text + end).join('')), rows: truth };
}

const bad = (name: string, text: string | Buffer) => ({ name, bytes: Buffer.from(text as string) });

describeReader(
  { describe, it, expect },
  {
    makeReader: () => createReader({ fragmentBytes: 4096 }),
    samples: async () => {
      const many = lines(2000);
      const some = lines(500);
      return [
        { name: 'many.jsonl', ...many },
        { name: 'carriage returns.jsonl', ...lines(301, '\r\n') },
        { name: 'blank lines.jsonl', ...lines(100, '\n\n \t\n') },
        { name: 'mark.jsonl', bytes: Buffer.concat([Buffer.from('\ufeff'), lines(90).bytes]), rows: lines(90).rows },
        { name: 'some.jsonl.gz', bytes: gzipSync(some.bytes), rows: some.rows },
        {
          name: 'members.jsonl.gz',
          bytes: Buffer.concat([gzipSync(some.bytes.subarray(0, 777)), gzipSync(some.bytes.subarray(777))]),
          rows: some.rows,
        },
        { name: 'some.jsonl.zst', bytes: (await Zstd.load()).compress(lines(120).bytes), rows: lines(120).rows },
      ];
    },
    unreadable: async () => [
      bad('a list a line', '[1]\n[2]\n'),
      bad('a document', '{\n  "a": 1\n}\n'),
      bad('null', 'null\n'),
      bad('not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d, 0x0a])),
      bad('UTF-16', Buffer.from('\ufeff{"a":1}\n', 'utf16le')),
      bad('half a surrogate pair', '{"a":"\\ud800"}\n'),
      bad('two kinds', '{"a":1}\n{"a":"x"}\n'),
      bad('beyond 64 bits', '{"a":123456789012345678901234567890}\n'),
      bad('a number beyond doubles', '{"a":1e400}\n'),
      bad('blank', ' \n\r\n\n'),
      bad('deep', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`),
      bad('garbage after gzip', Buffer.concat([gzipSync('{"a":1}\n'), Buffer.from('{"a":2}\n')])),
    ],
  },
);
