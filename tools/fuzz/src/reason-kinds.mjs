/** Kinds of reasons for which files are refused, by their sentences; the first that fits counts. Reasons of no kind are violations. */
const kinds = [
  ['empty', /^It is empty/],
  ['truncated', /^It is truncated/],
  ['not Parquet', /^It is not Parquet/],
  ['encrypted', /encrypted/],
  ['counts disagree', /counts disagree/],
  ['page CRC mismatch', /A page CRC mismatch/],
  ['decompression bomb', /decompression bomb/],
  ['damaged footer', /^Its (?:footer|metadata|schema) is damaged/],
  ['damaged page or page header', /^Column .+ of row group \d+: A page (?:header )?is damaged/],
  [
    'unsupported type, encoding or codec',
    /which (?:this version of )?Riffle (?:cannot (?:read|carry)|does not (?:know|follow))|uses something that Riffle cannot read|would not survive unchanged|^It has no columns|Riffle reads at most 2 GiB/,
  ],
  ['schema makes no sense', /^Its schema cannot be read/],
  ['decode error, column named', /^Column .+ of row group \d+ cannot be decoded/],
  ['decode error, row group named', /^Row group \d+ cannot be decoded|end within a row/],
  ['codec stopped, column named', /^Decoding column .+ of row group \d+ made the codec stop/],
  ['codec stopped, row group named', /^Decoding row group \d+ made the codec stop/],
];

export const reasonKinds = kinds.map(([kind]) => kind);

/** The kind of a reason; undefined if it is none that people would recognise. */
export function reasonKind(reason) {
  return kinds.find(([, pattern]) => pattern.test(reason))?.[0];
}
