"""make_inputs.py FOLDER: three collections of the same features, each as another program leaves them. Prints their rows as JSON.

Row numbers, column `id`, follow plan order: studio, field, web, each by path.
"""

import json
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
from datasets import Dataset
from rows import FEATURES, row

FOLDER = Path(sys.argv[1])
SHARDS = {"studio": [70, 41, 1], "field": [120, 64], "web": [33, 150, 20]}


def table_of(start, count):
    return pyarrow.Table.from_pylist([row(number) for number in range(start, start + count)], schema=FEATURES.arrow_schema)


def by_datasets(path, start, count):
    path.mkdir(parents=True)
    # With a batch size, since `datasets` 5.2 cannot estimate one where Audio and Translation stand in one table.
    Dataset(table_of(start, count)).to_parquet(path / "data.parquet", batch_size=1000)


def by_pyarrow(path, start, count):
    """With the metadata that `datasets` wants, other columns as dictionaries, small row groups, two files a shard."""
    path.mkdir(parents=True)
    table = table_of(start, count)
    for name, part in (("a.parquet", table[: count // 3]), ("b.parquet", table[count // 3 :])):
        pyarrow.parquet.write_table(part, path / name, row_group_size=17, compression="gzip", data_page_version="2.0")


def as_files(path, start, count):
    path.parent.mkdir(parents=True, exist_ok=True)
    Dataset(table_of(start, count)).to_parquet(path.with_suffix(".parquet"), batch_size=10)


start = 0
for name, writer in {"studio": by_datasets, "field": by_pyarrow, "web": as_files}.items():
    for shard, count in enumerate(SHARDS[name]):
        writer(FOLDER / name / f"{shard:05}", start, count)
        start += count
print(json.dumps({"rows": start, "columns": list(FEATURES), "features": FEATURES.to_dict()}))
