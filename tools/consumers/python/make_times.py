"""make_times.py FOLDER: INT96 as Spark and as pyarrow write it, one file with a time that 64 bits of nanoseconds cannot hold, and intervals by DuckDB."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])


def write(path, column, stored):
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"id": range(len(column)), "at": column}), folder / path, use_deprecated_int96_timestamps=True, store_schema=stored)


first = datetime(1970, 1, 1)
# Nanoseconds, from 1677 to 2262.
write("spark/0.parquet", pa.array([None, *(number * 92_233_720_368_547_758 for number in range(-100, 101))], pa.timestamp("ns")), False)
far = [[first], [], None, [first + timedelta(1), None, datetime(9999, 12, 31, 23, 59, 59, 999_999)], [first]]
write("far/good.parquet", pa.array([[first]], pa.list_(pa.timestamp("us"))), False)
write("far/year 9999.parquet", pa.array(far, pa.list_(pa.timestamp("us"))), False)
# With the unit and the zone of the table beside it.
write("zoned/0.parquet", pa.array([0, 1, None, 253_402_300_799_999_999], pa.timestamp("us", "Europe/Berlin")), True)
(folder / "spans").mkdir()
duckdb.sql(
    f"COPY (SELECT i AS id, to_months(i * 5) + to_days(i) + to_milliseconds(i * 1001) AS span, [NULL, to_years(i)] AS spans FROM range(100) rows(i)) TO '{folder / 'spans' / '0.parquet'}' (FORMAT parquet)"
)
