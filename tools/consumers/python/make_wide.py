"""make_wide.py FOLDER MEGABYTES: one file of one row group, of bytes that cannot be compressed, a row a megabyte."""

import os
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet

folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
folder.mkdir()
table = pyarrow.table({"audio": [os.urandom(10**6) for _ in range(megabytes)]})
pyarrow.parquet.write_table(table, folder / "wide.parquet", row_group_size=megabytes, use_dictionary=False)
