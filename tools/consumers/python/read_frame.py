"""read_frame.py FOLDER: a result as pandas loads it with its defaults, as a folder and each file. Prints JSON."""

import json
import sys
from pathlib import Path

import pandas

folder = Path(sys.argv[1])
frames = {"folder": pandas.read_parquet(folder), **{path.name: pandas.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}}
print(
    json.dumps(
        {
            name: {
                "columns": list(frame.columns),
                "types": [str(kind) for kind in frame.dtypes],
                "index": type(frame.index).__name__,
                "indexNames": list(frame.index.names),
                "indexValues": [int(value) for value in frame.index],
                "rows": frame.to_dict("records"),
            }
            for name, frame in frames.items()
        }
    )
)
