/** Names of folders that say nothing of what is in them. */
const general = /^(?:\.*|data|dataset|datasets|dset|parquet|shards|files|output|out|train|default)$/i;

/** A name for a collection, from its path and unlike those that are taken: `data/tts/.dset/tts` gives `tts`. */
export function suggestName(path: string, taken: ReadonlySet<string>): string {
  const segments = path
    .split(/[/\\]/)
    .map((segment) => segment.replace(/^\.+/, ''))
    .filter((segment) => segment !== '');
  const telling = segments.filter((segment) => !general.test(segment));
  const words = [...(telling.length === 0 ? segments : telling)].map((segment) =>
    segment.replace(/\.(?:parquet|parq|pq)$/i, ''),
  );
  for (let length = 1; length <= words.length; length++) {
    const name = words
      .slice(-length)
      .filter((word, index, all) => word !== all[index - 1])
      .join('-');
    if (!taken.has(name)) return name;
  }
  const base = words.at(-1) ?? 'collection';
  for (let number = words.length === 0 ? 1 : 2; ; number++) {
    const name = words.length === 0 && number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}
