"""make_labels.py FOLDER: one file by pyarrow and one by DuckDB, of the same columns with logical types that Arrow has no type for."""

import sys
import uuid
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
folder.mkdir()
ids = [uuid.UUID(int=number**9) for number in range(1, 101)]
notes = [None if number % 7 == 0 else f'{{"number": {number}}}' for number in range(100)]
pq.write_table(
    pa.table(
        {
            "id": pa.array([one.bytes for one in ids], pa.uuid()),
            "notes": pa.ExtensionArray.from_storage(pa.json_(pa.string()), pa.array(notes, pa.string())),
            "ids": pa.ListArray.from_arrays(pa.array([0, *range(100)], pa.int32()), pa.array([one.bytes for one in ids], pa.uuid())),
            "at": pa.array([number * 1_000_003 for number in range(100)], pa.time64("us")),
        }
    ),
    folder / "0.parquet",
    write_time_adjusted_to_utc=True,
)
duckdb.sql(
    f"""COPY (
        SELECT md5('' || i)::UUID AS id, ('[' || i || ']')::JSON AS notes, [md5('' || i)::UUID, NULL] AS ids, make_time(1, 2, i / 10)::TIMETZ AS at FROM range(100) rows(i)
    ) TO '{folder / "1.parquet"}' (FORMAT parquet)"""
)
