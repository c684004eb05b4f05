"""make_plain.py FOLDER: a collection by pyarrow, without any metadata of `datasets`, of types that all its versions have a feature for. Prints null."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

LEAVES = """null bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 string large_string binary large_binary date32""".split()
TYPES = {
    **{name: getattr(pa, name)() for name in LEAVES},
    "clock": pa.time32("ms"),
    "fine_clock": pa.time64("ns"),
    "moment": pa.timestamp("us"),
    "zoned": pa.timestamp("ns", "Europe/Berlin"),
    "offset": pa.timestamp("ms", "+02:00"),
    "span": pa.duration("us"),
    "price": pa.decimal128(12, 2),
    "mass": pa.decimal256(50, 2),
    "category": pa.dictionary(pa.int8(), pa.string()),
    "strict": pa.list_(pa.field("item", pa.int8(), nullable=False)),
    "large": pa.large_list(pa.string()),
    "fixed": pa.list_(pa.list_(pa.float32(), 3)),
    "audio": pa.struct({"path": pa.large_string(), "bytes": pa.binary()}),
    "t": pa.list_(pa.struct({"label": pa.int16(), "deep": pa.struct({"x": pa.list_(pa.float16())})})),
}

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
pq.write_table(pa.table({name: pa.nulls(3, kind) for name, kind in TYPES.items()}), folder / "data.parquet")
print("null")
