import { gzipSync } from 'node:zlib';
import { describeReader, type CanonicalRow } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import createReader from './index.ts';

const bitsOf = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
};

/** Rows by hand, and what they mean in the canonical form of the testkit. The last field is quoted, so that a cut is seen. */
function sheet(rows: number, end = '\n'): { readonly bytes: Buffer; readonly rows: CanonicalRow[] } {
  const texts = [['id', 'big', 'half', 'flag', 'code', 'note'].join(',')];
  const truth: CanonicalRow[] = [];
  for (let row = 0; row < rows; row++) {
    const big = 9_007_199_254_740_993n + BigInt(row);
    const half = row / 2 + 0.25;
    const isEmpty = row % 5 === 0;
    const note = `wave "${row}", ü 音👋${row % 7 === 0 ? `${end}next` : ''}`;
    texts.push([row, big, isEmpty ? '' : half, row % 2 === 0, `00${row}`, `"${note.replaceAll('"', '""')}"`].join(','));
    truth.push({
      id: String(row),
      big: String(big),
      half: isEmpty ? null : bitsOf(half),
      flag: row % 2 === 0,
      code: `00${row}`,
      note,
    });
  }
  return { bytes: Buffer.from(texts.map((text) => text + end).join('')), rows: truth };
}

const bad = (name: string, text: string | Buffer) => ({ name, bytes: Buffer.from(text as string) });

describeReader(
  { describe, it, expect },
  {
    makeReader: () => createReader(),
    knownByEnding: true,
    samples: async () => [
      { name: 'many.csv', ...sheet(3000) },
      { name: 'carriage returns.csv', ...sheet(301, '\r\n') },
      { name: 'mark.csv', bytes: Buffer.concat([Buffer.from('\ufeff'), sheet(88).bytes]), rows: sheet(88).rows },
      { name: 'some.csv.gz', bytes: gzipSync(sheet(500).bytes), rows: sheet(500).rows },
    ],
    unreadable: async () => [
      bad('fewer fields', 'a,b\n1,2\n3\n'),
      bad('more fields', 'a,b\n1,2,3\n'),
      bad('stray quote', 'a,b\n"x"y,2\n'),
      bad('open quote', 'a,b\n1,"x\n2,3\n'),
      bad('two columns of one name', 'a,a\n1,2\n'),
      bad('not UTF-8', Buffer.from([0x61, 0x0a, 0xff, 0x0a])),
      bad('mixed line ends', 'a,b\n1,2\r\n'),
      bad('blank', '\n\n'),
    ],
  },
);
