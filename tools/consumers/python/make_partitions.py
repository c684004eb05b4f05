"""Writes rows with values that folders cannot be called as they are: make_partitions.py FOLDER. Prints the rows."""

import json
import os
import sys

import pyarrow as pa
import pyarrow.parquet as pq

folder = sys.argv[1]
languages = ["de", "EN", "en", "zh/\u4f60 +", "a=b", "100%", ".hidden", "", None]
rows = [
    {
        "id": i,
        "language": languages[i % len(languages)],
        "year": 1990 + i % 3,
        "split": "validation" if i % 10 == 9 else "train",
        "text": f"row {i}",
    }
    for i in range(600)
]
os.makedirs(folder)
for start in range(0, 600, 200):
    pq.write_table(pa.Table.from_pylist(rows[start : start + 200]), f"{folder}/{start}.parquet", row_group_size=70)
print(json.dumps(rows))
