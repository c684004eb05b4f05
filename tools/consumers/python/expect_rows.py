"""expect_rows.py TARGET SEED COLLECTION...: the rows of the input files, canonical, in the order that perm-v1 gives them.

`-` as the seed: in the order of the inputs. Read by pyarrow alone, without the classes of `datasets`.
"""

import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
from canonical import lines
from perm_v1 import positions

target, seed, *collections = sys.argv[1:]
paths = [path for folder in collections for path in sorted(Path(folder).rglob("*.parquet"))]
rows = [line for path in paths for line in lines(pyarrow.parquet.ParquetFile(path).read())]
ordered = [""] * len(rows)
for number, position in enumerate(range(len(rows)) if seed == "-" else positions(len(rows), seed)):
    ordered[position] = rows[number]
Path(target).write_text("".join(f"{line}\n" for line in ordered), encoding="utf-8")
