import { counted, type Reader } from '@riffle/core';
import type { ExaminedFile } from './examine-files.ts';

type Habits = Pick<Reader, 'name' | 'standsBeside' | 'isDescribedByNamesakes' | 'isCache'>;

export interface Companions {
  /** The answers; of files that are left out, `ignored`. */
  readonly examined: readonly ExaminedFile[];
  /** What is left out, and which formats stay side by side. */
  readonly warnings: readonly string[];
}

const shownNames = 3;
const firstOf = (names: readonly string[]) =>
  `${names.slice(0, shownNames).join(', ')}${names.length > shownNames ? ` and ${names.length - shownNames} more` : ''}`;

const stemOf = (path: string) => path.replace(/\.[^./]+$/, '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Leaves out what stands beside the data, readable or not: caches (`cache-1f2e.arrow`), where there are other files; files of formats that commonly do (`metadata.jsonl`),
 * where there are files of one that does not; and what describes a file of the same name (`00000.parquet` beside `00000.tar`). So it is no shard, and does not become one when all others are broken.
 *
 * @param paths Of the files, in the same order
 */
export function withoutCompanions(
  examined: readonly ExaminedFile[],
  paths: readonly string[],
  readers: readonly Habits[],
): Companions {
  // A bad file that no reader was found for is none's.
  const readerOf = (answer: ExaminedFile) =>
    answer.status === 'ignored' || answer.reader < 0 ? undefined : readers[answer.reader];
  const readable = examined.flatMap((answer, index) => {
    const reader = readerOf(answer);
    return reader === undefined ? [] : [{ index, path: paths[index]!, reader }];
  });
  const isCache = ({ path, reader }: (typeof readable)[number]) => reader.isCache?.(nameOf(path)) === true;
  const caches = readable.every(isCache) ? [] : readable.filter(isCache);
  const cached = new Set(caches);
  const found = readable.filter((file) => !cached.has(file));
  const main = found.filter(({ reader }) => reader.standsBeside !== true);
  const beside = main.length === 0 ? [] : found.filter(({ reader }) => reader.standsBeside === true);
  const described = new Set(
    main.filter(({ reader }) => reader.isDescribedByNamesakes === true).map(({ path }) => stemOf(path)),
  );
  const describing = main.filter(
    ({ path, reader }) => reader.isDescribedByNamesakes !== true && described.has(stemOf(path)),
  );
  const left = new Set([...caches, ...beside, ...describing].map(({ index }) => index));
  const kept = found.filter(({ index }) => !left.has(index));
  return {
    examined:
      left.size === 0 ? examined : examined.map((answer, index) => (left.has(index) ? { status: 'ignored' } : answer)),
    warnings: [
      ...leftOut(caches, `data, of which ${caches.length === 1 ? 'it is a cache' : 'they are caches'}`),
      ...leftOut(beside, 'data of another format'),
      ...leftOut(
        describing,
        `archives of the same names, whose rows ${describing.length === 1 ? 'it describes' : 'they describe'}`,
      ),
      ...severalFormats(kept),
    ],
  };
}

function leftOut(files: readonly { readonly path: string }[], what: string): readonly string[] {
  if (files.length === 0) return [];
  const isOne = files.length === 1;
  return [
    `${firstOf(files.map(({ path }) => path))} ${isOne ? 'stands' : 'stand'} beside ${what}, and ${isOne ? 'is' : 'are'} not read. If ${isOne ? 'it is' : 'they are'} data, too, make a collection of ${isOne ? 'it' : 'them'}.`,
  ];
}

function severalFormats(files: readonly { readonly path: string; readonly reader: Habits }[]): readonly string[] {
  const byFormat = new Map<string, string[]>();
  for (const { path, reader } of files) {
    const paths = byFormat.get(reader.name);
    if (paths === undefined) byFormat.set(reader.name, [path]);
    else paths.push(path);
  }
  if (byFormat.size < 2) return [];
  const formats = [...byFormat].map(
    ([name, paths]) => `${counted(paths.length, 'file')} of ${name} (${paths[0]!}${paths.length > 1 ? ', …' : ''})`,
  );
  return [
    `its files are of several formats, and all are read: ${formats.join(', ')}. If some are no data, or the same rows again, move them out of the folder.`,
  ];
}
