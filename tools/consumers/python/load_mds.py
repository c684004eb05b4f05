"""Reads a result by streaming, with its hashes validated: load_mds.py FOLDER CACHE. Prints rows by id, the order of ids, and the types in Python."""

import json
import sys

import stand_in  # noqa: F401
from mds_rows import plain
from streaming import LocalDataset, StreamingDataset

folder, cache = sys.argv[1:]
streamed = StreamingDataset(remote=folder, local=cache, validate_hash="sha256", shuffle=False, batch_size=1)
rows = [streamed[index] for index in range(len(streamed))]
local = LocalDataset(folder)
same = len(local) == len(rows) and all(plain(local[index]) == plain(row) for index, row in enumerate(rows))
print(
    json.dumps(
        {
            "rows": [plain(row) for row in sorted(rows, key=lambda row: row["id"])],
            "order": [int(row["id"]) for row in rows],
            "types": {name: type(value).__name__ for name, value in rows[0].items()},
            "local": same,
        }
    )
)
