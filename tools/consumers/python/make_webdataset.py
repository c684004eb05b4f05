"""Shards as `webdataset` writes them: FOLDER, first row, rows, shards."""

import sys
from pathlib import Path

import webdataset

from webdataset_rows import sound

folder, first, rows, shards = sys.argv[1], *map(int, sys.argv[2:5])
Path(folder).mkdir()
for shard in range(shards):
    with webdataset.TarWriter(f"{folder}/{shard:06d}.tar") as writer:
        for row in range(first + shard, first + rows, shards):
            sample = {
                "__key__": f"speech/{row:07d}",
                "wav": sound(row),
                "txt": f"Größe {row} 語 \U0001f600",
                "json": {"row": row, "words": ["ü", None], "large": 2**60 + row},
                "cls": row % 7,
            }
            if row % 5 == 0:
                del sample["txt"]
            writer.write(sample)
