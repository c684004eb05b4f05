"""load_labels.py FOLDER LABEL OTHER: every value of LABEL as `ClassLabel.int2str` names it, beside what the row has in OTHER. Prints JSON."""

import json
import sys

from datasets import load_dataset

folder, name, other = sys.argv[1:]
loaded = load_dataset("parquet", data_dir=folder, split="train")
label = loaded.features[name]
rows = loaded.select_columns([name, other])
print(json.dumps([[None if row[name] is None else label.int2str(row[name]), row[other]] for row in rows]))
