"""Prints what `load_from_disk` gives: load_saved.py FOLDER..."""

import json
import sys

import datasets

found = []
for folder in sys.argv[1:]:
    data = datasets.load_from_disk(folder)
    rows = data.with_format("arrow")[:].to_pylist()
    for row in rows:
        # More digits than numbers of JSON hold elsewhere.
        row["id"] = str(row["id"])
        row["audio"]["bytes"] = row["audio"]["bytes"].hex()
    found.append({"features": json.loads(json.dumps(data.features.to_dict())), "rows": rows})
print(json.dumps(found))
