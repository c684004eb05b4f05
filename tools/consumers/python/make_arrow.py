"""Writes Arrow files as pyarrow does, compressed and not: make_arrow.py FOLDER"""

import os
import sys

import pyarrow as pa

folder = sys.argv[1]
for number, (layout, codec) in enumerate(
    [(layout, codec) for layout in ("file", "stream") for codec in (None, "lz4", "zstd")]
):
    rows = range(1000 * number, 1000 * number + 1000)
    table = pa.table(
        {
            "id": pa.array(rows, pa.int64()),
            "text": pa.array([None if i % 7 == 0 else f"row {i} \u00fc\u4f60 " * 5 for i in rows]),
            "codes": pa.array([list(range(i % 9)) for i in rows], pa.list_(pa.int32())),
            "speaker": pa.array([f"speaker {i % 3}" for i in rows]).dictionary_encode(),
        }
    )
    os.makedirs(f"{folder}/{number:05}", exist_ok=True)
    path = f"{folder}/{number:05}/data.arrow"
    new = pa.ipc.new_file if layout == "file" else pa.ipc.new_stream
    with new(path, table.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
        writer.write_table(table, max_chunksize=300)
