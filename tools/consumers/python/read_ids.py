"""read_ids.py FOLDER: the column `id` of each Parquet file, in order. Prints JSON."""

import json
import sys
from pathlib import Path

import pyarrow.parquet

paths = sorted(Path(sys.argv[1]).glob("*.parquet"))
print(json.dumps([pyarrow.parquet.read_table(path, columns=["id"])["id"].to_pylist() for path in paths]))
