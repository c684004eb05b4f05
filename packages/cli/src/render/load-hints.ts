/** How to read a result, as lines ready to be copied; nothing for formats that Riffle knows no programs of. */
export function loadHints(folder: string, firstShard: string): string[] {
  const path = JSON.stringify(folder);
  if (firstShard.endsWith('.arrow'))
    return ['Load it', `  Python  from datasets import load_from_disk`, `          rows = load_from_disk(${path})`];
  if (/\.jsonl(\.gz|\.zst)?$/.test(firstShard))
    return [
      'Load it',
      `  Python  from datasets import load_dataset`,
      `          rows = load_dataset("json", data_files=${JSON.stringify(`${folder.replaceAll('\\', '/').replace(/\/$/, '')}/*${firstShard.slice(firstShard.indexOf('.jsonl'))}`)}, split="train")`,
    ];
  if (!firstShard.endsWith('.parquet')) return [];
  const names = firstShard.split('/');
  // One level for each folder: `**` would find what was set aside in hidden folders, too.
  const below = [...names.slice(0, -1).map(() => '*'), '*.parquet'].join('/');
  const pattern = `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/${below}`;
  return [
    'Load it',
    `  Python  from datasets import load_dataset`,
    `          rows = load_dataset(${path}, split="train")`,
    `  DuckDB  SELECT * FROM '${pattern.replaceAll("'", "''")}' LIMIT 10;`,
    `  Node    import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';`,
    `          import { compressors } from 'hyparquet-compressors';`,
    `          const file = await asyncBufferFromFile(${JSON.stringify(`${folder.replace(/[/\\]$/, '')}/${firstShard}`)});`,
    `          const rows = await parquetReadObjects({ file, compressors });`,
  ];
}
