"""Writes JSON lines and CSV as datasets, pandas and pyarrow do: make_text.py FOLDER. Prints the rows."""

import json
import os
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.csv
from datasets import Dataset

folder = sys.argv[1]


def rows(start):
    return [
        {
            "id": 9007199254740993 + i,
            "text": f'row {i}, "\u00fc"\n\u4f60\U0001f44b' if i % 3 else "plain",
            "weight": i / 7,
            "flag": i % 2 == 0,
        }
        for i in range(start, start + 100)
    ]


def nested(start):
    return [{**row, "codes": list(range(n % 5)), "inner": {"name": f"n{n}", "size": n}} for n, row in enumerate(rows(start))]


for name in ("lines", "sheets"):
    os.makedirs(f"{folder}/{name}", exist_ok=True)
Dataset.from_list(nested(0)).to_json(f"{folder}/lines/0.jsonl", force_ascii=False)
Dataset.from_list(nested(100)).to_json(f"{folder}/lines/1.jsonl.gz", compression="gzip")
pd.DataFrame(nested(200)).to_json(f"{folder}/lines/2.jsonl", orient="records", lines=True, double_precision=15)
with pa.CompressedOutputStream(f"{folder}/lines/3.jsonl.zst", "zstd") as out:
    for row in nested(300):
        out.write((json.dumps(row) + "\n").encode())
Dataset.from_list(rows(0)).to_csv(f"{folder}/sheets/0.csv")
pd.DataFrame(rows(100)).to_csv(f"{folder}/sheets/1.tsv", index=False, sep="\t")
pd.DataFrame(rows(200)).to_csv(f"{folder}/sheets/2.csv.gz", index=False, lineterminator="\r\n")
pyarrow.csv.write_csv(pa.Table.from_pylist(rows(300)), f"{folder}/sheets/3.csv")
everything = [row for start in range(0, 400, 100) for row in nested(start)]
print(json.dumps(everything))
