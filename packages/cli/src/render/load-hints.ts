/** Matches all shards that end so. One level for each folder of theirs: `**` would find what was set aside in hidden folders, too. */
function patternOf(folder: string, firstShard: string, ending: string): string {
  const levels = firstShard.split('/').slice(0, -1);
  return [folder.replaceAll('\\', '/').replace(/\/$/, ''), ...levels.map(() => '*'), `*${ending}`].join('/');
}

/** How to read a result, as lines ready to be copied; nothing for formats that Riffle knows no programs of. */
export function loadHints(folder: string, firstShard: string): string[] {
  const path = JSON.stringify(folder);
  if (firstShard.endsWith('.arrow'))
    return ['Load it', `  Python  from datasets import load_from_disk`, `          rows = load_from_disk(${path})`];
  const lines = /\.jsonl(?:\.gz|\.zst)?$/.exec(firstShard);
  if (lines !== null)
    return [
      'Load it',
      `  Python  from datasets import load_dataset`,
      `          rows = load_dataset("json", data_files=${JSON.stringify(patternOf(folder, firstShard, lines[0]))}, split="train")`,
    ];
  if (firstShard.endsWith('.tar'))
    return [
      'Load it',
      `  Python  import glob, webdataset`,
      `          shards = sorted(glob.glob(${JSON.stringify(patternOf(folder, firstShard, '.tar'))}))`,
      `          rows = webdataset.WebDataset(shards, shardshuffle=False).decode()`,
    ];
  if (!firstShard.endsWith('.parquet')) return [];
  // Folders of Hive tell values that are not in the files.
  if (/(?:^|\/)[^/=]+=[^/]*\//.test(firstShard))
    return [
      'Load it',
      `  Python  import pyarrow.dataset`,
      `          rows = pyarrow.dataset.dataset(${path}, partitioning="hive")`,
      `  DuckDB  SELECT * FROM read_parquet('${patternOf(folder, firstShard, '.parquet').replaceAll("'", "''")}', hive_partitioning = true) LIMIT 10;`,
    ];
  return [
    'Load it',
    `  Python  from datasets import load_dataset`,
    `          rows = load_dataset(${path}, split="train")`,
    `  DuckDB  SELECT * FROM '${patternOf(folder, firstShard, '.parquet').replaceAll("'", "''")}' LIMIT 10;`,
    `  Node    import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';`,
    `          import { compressors } from 'hyparquet-compressors';`,
    `          const file = await asyncBufferFromFile(${JSON.stringify(`${folder.replace(/[/\\]$/, '')}/${firstShard}`)});`,
    `          const rows = await parquetReadObjects({ file, compressors });`,
  ];
}
