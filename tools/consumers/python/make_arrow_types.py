"""Writes Arrow files of types that few write, and one that Riffle does not read: make_arrow_types.py FOLDER"""

import os
import sys

import pyarrow as pa

folder = sys.argv[1]
LONG = "a text of more than twelve bytes"
TEXTS = ["short", LONG, "\u00fc", None, "", LONG + LONG, "x"]
ROWS = len(TEXTS)


def table(first, **more):
    columns = {
        "id": pa.array(range(first, first + ROWS), pa.int64()),
        "view": pa.array(TEXTS, pa.string_view()),
        "bytes": pa.array([None if text is None else text.encode() for text in TEXTS], pa.binary_view()),
        "word": pa.array(TEXTS).dictionary_encode(),
        "codes": pa.array([[1], [2, 3], None, [], [4, 5, 6], [7], [8]], pa.large_list(pa.int8())),
        "pair": pa.array([[0, 0], [1, 2], None, [3, 4], None, [7, 8], [9, 9], [5, 6]], pa.list_(pa.int8(), 2))[1:],
        "part": pa.array([{"a": 1, "b": LONG}, None] * 3 + [None], pa.struct([("a", pa.int8()), ("b", pa.large_string())])),
        "map": pa.array([[("k", 1)], None, [], [("a", 2), ("b", None)], [], None, []], pa.map_(pa.string(), pa.int32())),
        "known": pa.array([True, None, False] * 2 + [True]),
        # Larger than a block of LZ4, the same bytes again and none twice.
        "large": pa.array([os.urandom(5_000_000), b"again" * 1_000_000] + [None] * 5, pa.large_binary()),
    }
    return pa.table(columns | more)


def write(name, data, codec):
    os.makedirs(f"{folder}/{name}")
    with pa.ipc.new_file(f"{folder}/{name}/data.arrow", data.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
        writer.write_table(data, max_chunksize=3)


for number, codec in enumerate([None, "lz4", "zstd"]):
    write(f"{number:05}", table(ROWS * number), codec)
tags = pa.array([[first] for first in range(ROWS)], pa.list_view(pa.int8()))
write("00003", table(3 * ROWS, tags=tags), None)
