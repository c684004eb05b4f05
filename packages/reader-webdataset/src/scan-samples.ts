import { NOTE, splitName, walkMembers, type Renames } from '@riffle/codec-webdataset';
import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';

/** Samples that stand side by side. */
export interface SampleRun {
  /** Bytes of the file, at the bounds of members. */
  readonly start: number;
  readonly end: number;
  readonly rows: number;
}

/** What the headers of an archive tell. */
export interface ScannedArchive {
  readonly runs: readonly SampleRun[];
  /** In the order in which they first appear. */
  readonly endings: readonly string[];
  /** Columns that Riffle's writer renamed. */
  readonly renames: Renames;
  readonly warnings: readonly string[];
}

const runBytes = 2 ** 22;
const mostEndings = 1000;
/** A run of smaller ones may stand before it: together they are read at once, and a column of one batch holds no more. */
const largestSample = 2 ** 31 - 2 ** 16 - runBytes;
const longestNote = 2 ** 20;

const unsupported = (reason: string) =>
  new BadContentError(reason, { kind: 'unsupported' }, { code: 'UNSUPPORTED_CONTENT' });

function parseNote(bytes: Uint8Array): Renames {
  try {
    const { members } = JSON.parse(Buffer.from(bytes).toString()) as { readonly members: Renames };
    if (Object.values(members).every((ending) => typeof ending === 'string')) return members;
  } catch {
    // Said below.
  }
  throw new BadContentError(`Its member ${NOTE} is not what Riffle writes.`, { kind: 'damaged' });
}

/**
 * Walks the headers of a whole archive, and cuts it into runs of samples of about 4 MiB.
 * @throws BadContentError for a member that appears twice in a sample, and for what `walkMembers` refuses
 */
export async function scanSamples(file: ReadableFile, operation: OperationOptions): Promise<ScannedArchive> {
  if (file.size === 0) throw new BadContentError('It is empty (0 bytes).', { kind: 'empty', bytes: 0 });
  const runs: SampleRun[] = [];
  const endings = new Set<string>();
  const warnings = new Set<string>();
  let renames: Renames = {};
  let key: string | undefined;
  let [start, sampleStart, end, rows] = [0, 0, 0, 0];
  const inSample = new Set<string>();
  for await (const member of walkMembers(file, { ...operation, onSkipped: (sentence) => warnings.add(sentence) })) {
    const name = splitName(member.name);
    if (name === undefined) {
      if (member.name === NOTE && rows === 0 && member.size <= longestNote)
        renames = parseNote(await file.read(member.start, member.size, operation));
      else
        warnings.add('Members that WebDataset passes over (without an ending, or named as metadata) are passed over.');
      continue;
    }
    if (name.key !== key) {
      if (rows > 0 && end - start >= runBytes) {
        runs.push({ start, end, rows });
        rows = 0;
      }
      if (rows === 0) start = member.begin;
      rows++;
      key = name.key;
      sampleStart = member.begin;
      inSample.clear();
    }
    if (inSample.has(name.ending))
      throw new BadContentError(
        `The sample ${JSON.stringify(name.key.slice(0, 200))} has two members ${name.ending}.`,
        { kind: 'damaged' },
      );
    inSample.add(name.ending);
    endings.add(name.ending);
    if (endings.size > mostEndings) throw unsupported(`Its members have more than ${mostEndings} endings.`);
    end = member.end;
    if (end - sampleStart > largestSample)
      throw unsupported(`The sample ${JSON.stringify(name.key.slice(0, 200))} has nearly 2 GiB or more.`);
  }
  if (rows > 0) runs.push({ start, end, rows });
  return { runs, endings: [...endings], renames, warnings: [...warnings] };
}
