/** Files that more than one collection has: kept, since a data set may be weighed twice on purpose, and told, since it may be a slip. */
export interface SharedFiles {
  add(collection: string, path: string, identity: string): void;
  /** A sentence for each pair of collections. */
  warnings(): readonly string[];
}

export function createSharedFiles(): SharedFiles {
  const first = new Map<string, { readonly collection: string; readonly path: string }>();
  const pairs = new Map<string, { readonly example: string; files: number }>();
  return {
    add(collection, path, identity) {
      const known = first.get(identity);
      if (known === undefined) first.set(identity, { collection, path });
      if (known === undefined || known.collection === collection) return;
      const key = JSON.stringify([known.collection, collection]);
      const pair = pairs.get(key) ?? {
        example: `${known.collection}/${known.path} is ${collection}/${path}`,
        files: 0,
      };
      pair.files++;
      pairs.set(key, pair);
    },
    warnings: () =>
      [...pairs].map(([key, { example, files }]) => {
        const [one, other] = JSON.parse(key) as [string, string];
        const what = files === 1 ? 'A file is' : `${files} files are`;
        return `${what} in both collections ${one} and ${other}, and counted in both: ${example}. If that is not meant, leave one out.`;
      }),
  };
}
