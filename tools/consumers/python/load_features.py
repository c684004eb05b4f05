"""load_features.py FOLDER: what `datasets` makes of a result, each way to load it. Prints JSON."""

import json
import sys

from datasets import load_dataset

folder = sys.argv[1]
ways = {
    "data_dir": load_dataset("parquet", data_dir=folder, split="train"),
    "folder": load_dataset(folder, split="train"),
    "streaming": load_dataset("parquet", data_dir=folder, split="train", streaming=True),
}
print(
    json.dumps(
        {
            name: {"columns": list(loaded.features), "features": loaded.features.to_dict(), "rows": getattr(loaded, "num_rows", None)}
            for name, loaded in ways.items()
        }
    )
)
