import type { InputShardReceipt, Manifest, Survey, SurveyedCollection, SurveyedFile } from '@riffle/core';

/** Name of the collection that stands for the plan; see {@link receiptSurvey}. */
const planCollection = '.riffle';

/** The receipt's files as found now. */
export interface ReceiptSurvey {
  /**
   * The survey that the job must have had: exactly the receipt's shards, files and rows. A file that cannot be read now has no fragments. Before all
   * others stands one file without rows that has the plan's schema, so that inputs are compared with what was written and not with each other.
   */
  readonly survey: Survey;
  /** By shard number of the survey. */
  readonly shards: readonly (InputShardReceipt | undefined)[];
}

function fileWithoutRows(path: string, rows: number): SurveyedFile {
  return { path, location: '', size: 0, reader: 0, rows, fragments: [], schema: 0, columns: [] };
}

function collectionOf(
  name: string,
  inputs: readonly { readonly path: string; readonly files: readonly SurveyedFile[]; readonly rows: number }[],
): SurveyedCollection {
  const rows = inputs.reduce((sum, shard) => sum + shard.rows, 0);
  return { name, path: name, location: '', shards: inputs, lost: [], rows, expected: inputs.length, ignored: 0 };
}

/** Fragments that a salvaged shard was used without, by file. */
function leftOut({ receipt }: Manifest): ReadonlyMap<string, ReadonlySet<number>> {
  return new Map(
    receipt.lost.flatMap(({ collection, damage = [] }) =>
      damage.map(({ path, fragments = [] }) => [fileKey(collection, path), new Set(fragments)] as const),
    ),
  );
}

export function fileKey(collection: string, path: string): string {
  return JSON.stringify([collection, path]);
}

/**
 * @param schemas those of the files found, after that of the plan
 * @param found what was found, by {@link fileKey}
 */
export function receiptSurvey(
  manifest: Manifest,
  schemas: readonly Uint8Array[],
  found: ReadonlyMap<string, SurveyedFile>,
): ReceiptSurvey {
  const lost = leftOut(manifest);
  const shards: (InputShardReceipt | undefined)[] = [undefined];
  const placed = (input: InputShardReceipt) => ({
    path: input.path,
    rows: input.rows,
    files: input.files.map(({ path, rows }): SurveyedFile => {
      const key = fileKey(input.collection, path);
      const file = found.get(key);
      if (file === undefined) return fileWithoutRows(path, rows);
      const without = lost.get(key);
      const fragments = file.fragments.map((fragment, index) =>
        without?.has(index) === true ? { ...fragment, lost: true as const } : fragment,
      );
      return { ...file, path, rows, fragments };
    }),
  });
  const byCollection = new Map(manifest.plan.collections.map(({ name }) => [name, [] as InputShardReceipt[]]));
  for (const input of manifest.receipt.inputs) byCollection.get(input.collection)?.push(input);
  const plan = { path: planCollection, rows: 0, files: [fileWithoutRows('manifest.json', 0)] };
  const collections = [collectionOf(planCollection, [plan])];
  for (const [name, inputs] of byCollection) {
    shards.push(...inputs);
    collections.push(collectionOf(name, inputs.map(placed)));
  }
  return { survey: { collections, schemas, readers: [], rows: manifest.plan.rows }, shards };
}
