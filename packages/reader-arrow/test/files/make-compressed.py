"""Writes the fixtures of damaged-bodies.spec.ts into its own folder; needs pyarrow 26 and the command `lz4` 1.9."""

import os
import subprocess

import pyarrow as pa

os.chdir(os.path.dirname(os.path.abspath(__file__)))

LONG = "a text of more than twelve bytes"
texts = ["short", LONG, "\u00fc", None, "", LONG + LONG, "x"]
table = pa.table(
    {
        "id": pa.array(range(7), pa.int64()),
        "text": pa.array(texts),
        "view": pa.array(texts, pa.string_view()),
        "word": pa.array(texts).dictionary_encode(),
        "codes": pa.array([[1], [2, 3], None, [], [4, 5, 6], [7], [8]], pa.large_list(pa.int8())),
        "pair": pa.array([[1, 2], None, [3, 4], [5, 6], None, [7, 8], [9, 9]], pa.list_(pa.int8(), 2)),
        "part": pa.array([{"a": 1, "b": "x"}, None] * 3 + [None], pa.struct([("a", pa.int8()), ("b", pa.large_string())])),
        "known": pa.array([True, None, False] * 2 + [True]),
        "nothing": pa.nulls(7),
    }
)
for codec in ["lz4", "zstd"]:
    options = pa.ipc.IpcWriteOptions(compression=codec)
    for name, new in [(f"{codec}.arrow", pa.ipc.new_file), (f"{codec}.arrows", pa.ipc.new_stream)]:
        with new(name, table.schema, options=options) as writer:
            writer.write_table(table, max_chunksize=7)

repeated = "".join(f"line {index % 700} of it\n" for index in range(20_000)).encode()
for name, flags in [
    ("linked", ["-BD", "-B4", "--no-frame-crc"]),
    ("independent", ["-BI", "-B4", "--no-frame-crc"]),
    ("checksums", ["-B4", "-BX"]),
    ("sized", ["-B7", "--content-size", "--no-frame-crc"]),
]:
    with open(f"{name}.lz4", "wb") as out:
        source = f"/tmp/riffle-lz4-{name}"
        with open(source, "wb") as file:
            file.write(repeated)
        subprocess.run(["lz4", "-9", "-c", "-q", *flags, source], stdout=out, check=True)
        os.unlink(source)
