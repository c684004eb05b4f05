"""make_wide.py FOLDER MEGABYTES [LARGEST]: one file of one row group, of bytes that cannot be compressed, a row a megabyte, and one row of LARGEST megabytes."""

import os
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet

folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
sizes = [1] * megabytes + [int(largest) for largest in sys.argv[3:]]
folder.mkdir()
table = pyarrow.table({"audio": [os.urandom(size * 10**6) for size in sizes]})
pyarrow.parquet.write_table(table, folder / "wide.parquet", row_group_size=len(sizes), use_dictionary=False)
