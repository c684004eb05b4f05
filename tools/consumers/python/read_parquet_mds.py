"""Prints the rows of a Parquet result by id: read_parquet_mds.py FOLDER"""

import glob
import json
import sys

import pyarrow.parquet as pq
from mds_rows import plain

rows = [row for path in sorted(glob.glob(f"{sys.argv[1]}/*.parquet")) for row in pq.read_table(path).to_pylist()]
print(json.dumps([plain(row) for row in sorted(rows, key=lambda row: row["id"])]))
