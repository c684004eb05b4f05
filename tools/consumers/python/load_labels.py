"""load_labels.py FOLDER: every label as `ClassLabel.int2str` names it, beside the name that the row carries as text. Prints JSON."""

import json
import sys

from datasets import load_dataset

loaded = load_dataset("parquet", data_dir=sys.argv[1], split="train")
label = loaded.features["label"]
rows = loaded.select_columns(["label", "label_name"])
print(json.dumps([[None if row["label"] is None else label.int2str(row["label"]), row["label_name"]] for row in rows]))
