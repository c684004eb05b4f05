"""read_times.py FOLDER: types and rows in the order of `id` as pyarrow reads them, times as integers and spans as bytes, in text, and as DuckDB does, as text. Prints JSON."""

import json
import sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq


def plain(array):
    """Python has no times of nanoseconds."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.int64())
    return [value if value is None else str(value) for value in array.to_pylist()]


table = pq.read_table(sys.argv[1]).sort_by("id")
relation = duckdb.sql(f"FROM '{sys.argv[1]}/*.parquet' ORDER BY id")
texts = duckdb.sql("SELECT columns(*)::VARCHAR FROM relation")
print(
    json.dumps(
        {
            "types": {field.name: str(field.type) for field in table.schema},
            "columns": {name: plain(table[name]) for name in table.column_names},
            "duckdb": {"types": [str(kind) for kind in relation.types], "rows": [str(row) for row in texts.fetchall()]},
        }
    )
)
