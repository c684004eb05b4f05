"""read_labels.py FILE...: what pyarrow, DuckDB and Polars make of the files together: types, and all rows as sorted text. Prints JSON."""

import json
import sys

import duckdb
import polars
import pyarrow.parquet as pq

files = sys.argv[1:]
tables = [pq.read_table(file) for file in files]
relation = duckdb.read_parquet(files)
frames = [polars.read_parquet(file) for file in files]


def logical(file):
    schema = pq.ParquetFile(file).schema
    return {schema.column(index).path: str(schema.column(index).logical_type) for index in range(len(schema))}


print(
    json.dumps(
        {
            "logical": [logical(file) for file in files],
            "pyarrow": {
                "types": [{field.name: str(field.type) for field in table.schema} for table in tables],
                "rows": sorted(str(row) for table in tables for row in table.to_pylist()),
            },
            "duckdb": {
                "types": {name: str(kind) for name, kind in zip(relation.columns, relation.types)},
                "rows": sorted(str(row) for row in relation.fetchall()),
            },
            "polars": {
                # Storage: what a column of JSON is called depends on who wrote it.
                "rows": sorted(
                    str([bytes(value).decode() if name == "notes" and isinstance(value, bytes) else value for name, value in row.items()])
                    for frame in frames
                    for row in frame.to_dicts()
                ),
            },
        }
    )
)
