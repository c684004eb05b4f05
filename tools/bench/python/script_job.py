"""The script people have: all shards loaded, concatenated, shuffled and written with Hugging Face `datasets`.

    script_job.py OUTPUT SHARDS SEED PROCESSES FOLDER…

Each FOLDER is a collection: of shard folders, or of files. The Arrow cache of `datasets` goes where HF_HOME says.
"""

import sys
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from datasets import concatenate_datasets, load_dataset


def shards_of(collection):
    return sorted(path for path in collection.iterdir() if path.is_dir()) or [collection]


def load(shard):
    return load_dataset("parquet", data_dir=str(shard), split="train")


def write(dataset, output, shards, index):
    # Contiguous: rows are shuffled already, and so each shard is one range of them.
    part = dataset.shard(num_shards=shards, index=index, contiguous=True)
    # The library takes snappy by itself; to_parquet(compression=…) raises TypeError in datasets 5.
    part.to_parquet(f"{output}/{index:05}.parquet")


def main(output, shards, seed, processes, *folders):
    Path(output).mkdir()
    found = [shard for folder in folders for shard in shards_of(Path(folder))]
    with Pool(int(processes)) as pool:
        loaded = pool.map(load, found)
    shuffled = concatenate_datasets(loaded).shuffle(seed=int(seed))
    with Pool(int(processes)) as pool:
        pool.map(partial(write, shuffled, output, int(shards)), range(int(shards)))


if __name__ == "__main__":
    main(*sys.argv[1:])
