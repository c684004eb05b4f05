"""Reads a partitioned result by what reads folders of Hive, and prints the rows of each: load_partitions.py FOLDER FORMAT"""

import json
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds

folder, format = sys.argv[1:]
names = ["id", "language", "year", "split", "text"]


def listed(rows):
    return sorted(([row[name] for name in names] for row in rows), key=lambda row: row[0])


types = pa.schema([("year", pa.int64()), ("language", pa.string())])
hive = ds.partitioning(types, flavor="hive")
found = {"pyarrow": listed(ds.dataset(folder, format=format, partitioning=hive).to_table().to_pylist())}
if format == "parquet":
    query = f"FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true, hive_types = {{'language': VARCHAR, 'year': BIGINT}})"
    table = duckdb.sql(query)
    found["duckdb"] = listed([dict(zip(table.columns, row)) for row in table.fetchall()])
    schema = {"year": pl.Int64, "language": pl.String}
    found["polars"] = listed(pl.read_parquet(f"{folder}/**/*.parquet", hive_partitioning=True, hive_schema=schema).to_dicts())
print(json.dumps(found))
