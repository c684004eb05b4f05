"""make_frames.py FOLDER: collections of data frames by pandas, whose files each carry an index of their own.

`plain`: the index that every frame has. `strided`: every second row of a frame, so that its index is a range with gaps, which
pandas writes as metadata. `kept`: a frame that was filtered, so that its index is written as a column.
"""

import sys
from pathlib import Path

import pandas

FOLDER = Path(sys.argv[1])
start = 0
for shard, count in enumerate((40, 40, 21)):
    ids = range(start, start + count)
    frame = pandas.DataFrame({"id": ids, "text": [f"Zeile {row}" for row in ids], "size": pandas.array(ids, dtype="UInt16")})
    parts = {"plain": frame, "strided": frame[frame["id"] < 80][::2], "kept": frame[frame["id"] % 5 < 3]}
    for name, part in parts.items():
        if len(part) > 0:
            (FOLDER / name / f"{shard:05}").mkdir(parents=True)
            part.to_parquet(FOLDER / name / f"{shard:05}" / "frame.parquet")
    start += count
