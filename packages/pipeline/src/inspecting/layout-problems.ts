import { formatByteSize, type InspectedPath, type InspectedStorage, type InspectionProblem } from '@riffle/core';

/** The Hub's viewer shows no row group of more bytes than these, before compression. */
const MOST_VIEWER_BYTES = 286 * 2 ** 20;
/** Columns smaller than this cost nobody anything, however they are stored. */
const WORTH_TELLING = 2 ** 20;
/** More fragments than this that are smaller than these bytes on average take longer to find than to read. */
const MANY_FRAGMENTS = 100;
const SMALL_FRAGMENT = 64 * 1024;

const plainEncodings: ReadonlySet<string> = new Set(['PLAIN', 'RLE', 'BIT_PACKED']);
const counts = new Intl.NumberFormat('en-US');

function problem(message: string): InspectionProblem {
  return { kind: 'layout', message };
}

function fragmentProblems(
  { count, uncompressedBytes }: InspectedPath['fragments'],
  bytes: number,
): InspectionProblem[] {
  const largest = uncompressedBytes?.most ?? 0;
  const problems: InspectionProblem[] = [];
  if (largest > MOST_VIEWER_BYTES)
    problems.push(
      problem(
        `A row group has ${formatByteSize(largest)} before compression: the viewer of the Hugging Face Hub shows none of more than ${formatByteSize(MOST_VIEWER_BYTES)}. Riffle's output has smaller ones.`,
      ),
    );
  if (count > MANY_FRAGMENTS && bytes / count < SMALL_FRAGMENT)
    problems.push(
      problem(
        `There are ${counts.format(count)} row groups of ${formatByteSize(bytes / count)} on average: readers spend longer on finding so many than on their data.`,
      ),
    );
  return problems;
}

function columnProblem(column: InspectedStorage): string | undefined {
  const { codecs, encodings, bytes, type, dictionary } = column;
  if (bytes < WORTH_TELLING) return undefined;
  if (dictionary === 'part')
    return `began with a dictionary and went on without: so many values differ that it did not fit`;
  const isPlain = encodings.every((encoding) => plainEncodings.has(encoding));
  if (isPlain && codecs.every((codec) => codec === 'UNCOMPRESSED') && /^INT(?:32|64)\b/.test(type))
    return `is stored plain and uncompressed (${formatByteSize(bytes)} of ${type}), as some versions of datasets write lists; most such numbers take less when they are encoded`;
  return undefined;
}

/** What costs time or space in how files are stored, as far as their metadata tells. */
export function layoutProblems(
  fragments: InspectedPath['fragments'],
  columns: readonly InspectedStorage[],
  bytes: number,
): readonly InspectionProblem[] {
  const ofColumns = columns.flatMap((column) => {
    const what = columnProblem(column);
    return what === undefined ? [] : [problem(`Column ${column.path.join('.')} ${what}.`)];
  });
  return [...fragmentProblems(fragments, bytes), ...ofColumns];
}
