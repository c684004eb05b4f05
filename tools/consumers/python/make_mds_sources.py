"""Writes Parquet by pyarrow: make_mds_sources.py FOLDER ROWS. Prints the rows as MDS is to have them, by id."""

import json
import os
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from mds_rows import plain, row, split

folder, count = sys.argv[1], int(sys.argv[2])
os.makedirs(folder)
schema = pa.schema(
    {
        "id": pa.int64(),
        "audio": pa.struct({"bytes": pa.binary(), "path": pa.string()}),
        "codes": pa.list_(pa.int16()),
        "flag": pa.bool_(),
        "fixed": pa.list_(pa.float64(), 2),
        "note": pa.string(),
        "price": pa.decimal128(12, 2),
        "speaker": pa.struct({"name": pa.string(), "age": pa.int32()}),
        "text": pa.large_string(),
        "tiny": pa.int8(),
        "turns": pa.list_(pa.struct({"who": pa.string(), "at": pa.float64()})),
    }
)
rows = [row(number) for number in range(count)]
for part in range(3):
    pq.write_table(pa.Table.from_pylist(rows[part::3], schema=schema), f"{folder}/{part}.parquet")
print(json.dumps([plain(split(made)) for made in rows]))
