/** What a folder is that other programs wrote and no reader of Riffle reads, told by its files: a half sentence and what to do. */
export interface OtherLayout {
  readonly what: string;
  readonly advice: string;
}

/** A path within double quotes of Python. */
const python = (path: string) => JSON.stringify(path);

/**
 * Recognises what `save_to_disk` of Hugging Face `datasets` writes: `dataset_info.json` or `dataset_dict.json` beside `.arrow` files.
 * Source: `datasets` 5.2, `Dataset.save_to_disk` and `DatasetDict.save_to_disk`.
 * @param paths of all files, relative to the folder
 */
export function otherLayout(location: string, paths: readonly string[]): OtherLayout | undefined {
  const arrow = paths.some((path) => path.endsWith('.arrow'));
  const one = paths.includes('dataset_info.json');
  const several = paths.includes('dataset_dict.json');
  if (!arrow || (!one && !several)) return undefined;
  const target = `${location.replace(/[/\\]+$/, '')}-parquet`;
  const convert = several
    ? `for name, split in load_from_disk(${python(location)}).items(): split.to_parquet(f"${target}/{name}.parquet")`
    : `load_from_disk(${python(location)}).to_parquet(${python(`${target}/data.parquet`)})`;
  return {
    what: `was written by save_to_disk of Hugging Face datasets (${several ? 'dataset_dict.json' : 'dataset_info.json'} and .arrow files), and Riffle reads Parquet`,
    advice: `Convert it in Python, from datasets import load_from_disk: ${convert}. Then name ${target} as the collection.`,
  };
}
