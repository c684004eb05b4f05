"""Reads a result in JSON lines by datasets (plain) or pyarrow, and prints its rows: load_text.py FOLDER"""

import glob
import json
import sys

import pyarrow.json
from datasets import load_dataset

folder = sys.argv[1]
files = sorted(glob.glob(f"{folder}/*.jsonl*"))
if files[0].endswith(".jsonl"):
    rows = load_dataset("json", data_files=files, split="train").to_list()
else:
    rows = [row for file in files for row in pyarrow.json.read_json(file).to_pylist()]
print(json.dumps(rows))
