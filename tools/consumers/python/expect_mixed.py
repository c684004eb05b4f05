"""expect_mixed.py FOLDER TARGET SEED COLLECTION...: the rows of mixed collections in their agreed types, canonical, in the order that perm-v1 gives them.

Prints the features that `datasets` is to see, as JSON.
"""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from canonical import lines
from datasets import Audio, ClassLabel, Features
from mixed_values import AGREED, NAMES, agreed
from perm_v1 import positions

folder, target, seed, *collections = sys.argv[1:]
tables = [
    agreed(pq.ParquetFile(path).read(), collection)
    for collection in collections
    for path in sorted((Path(folder) / collection).rglob("*.parquet"))
]
rows = lines(pa.concat_tables(tables))
ordered = [""] * len(rows)
for number, position in enumerate(positions(len(rows), seed)):
    ordered[position] = rows[number]
Path(target).write_text("".join(f"{line}\n" for line in ordered), encoding="utf-8")

features = Features.from_arrow_schema(AGREED)
features["audio"] = Audio(sampling_rate=16_000)
features["emotion"] = ClassLabel(names=NAMES)
print(json.dumps({"features": features.to_dict(), "columns": AGREED.names}))
