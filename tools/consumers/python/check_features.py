"""check_features.py FOLDER: what the files of a result say of features, and what `datasets` believes. Prints JSON.

It believes a feature where the type that it would store it as is the column's own; for other columns it goes by the type.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
from datasets import Features

found = {}
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    schema = pq.read_schema(path)
    declared = Features.from_dict(json.loads(schema.metadata[b"huggingface"])["info"]["features"])
    stored = declared.arrow_schema
    believed = [field.name for field in schema if field.name in declared and stored.field(field.name) == field]
    read = Features.from_arrow_schema(schema)
    found[path.name] = {"features": read.to_dict(), "doubted": [name for name in schema.names if name not in believed]}
print(json.dumps(found))
