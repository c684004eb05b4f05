"""load_card.py FOLDER: what `datasets` and huggingface_hub make of a dataset card. Prints JSON.

`described` is what is known before any file is read; `stored` is what the files say of themselves, `loaded` what came of both; `refused` names what the Hub would say of the metadata.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import yaml
from datasets import Features, load_dataset, load_dataset_builder
from huggingface_hub import DatasetCard



def plain(feature):
    """A feature whatever the spelling of its lists."""
    if isinstance(feature, list):
        return {"list": plain(feature[0])}
    if feature.get("_type") in ("List", "Sequence"):
        element, length = feature["feature"], feature.get("length", -1)
        if feature["_type"] == "Sequence" and not isinstance(element.get("_type"), str):
            return {name: {"list": plain(inner)} for name, inner in element.items()}
        return {"list": plain(element), **({} if length == -1 else {"length": length})}
    if feature.get("_type") == "LargeList":
        return {"large_list": plain(feature["feature"])}
    if isinstance(feature.get("_type"), str):
        return {key: value for key, value in feature.items() if value is not None}
    return {name: plain(inner) for name, inner in feature.items()}


def spelled(features):
    return {name: plain(feature) for name, feature in features.to_dict().items()}


folder = sys.argv[1]
card = DatasetCard.load(Path(folder) / "README.md")
builder = load_dataset_builder(folder)
rows = load_dataset(folder, split="train")
print(
    json.dumps(
        {
            "described": spelled(builder.info.features) if builder.info.features is not None else None,
            "stored": spelled(Features.from_arrow_schema(pq.read_schema(sorted(Path(folder).glob("*.parquet"))[0]))),
            "splits": {name: split.num_examples for name, split in (builder.info.splits or {}).items()},
            "loaded": spelled(rows.features),
            "rows": rows.num_rows,
            "same_types": builder.info.features is None or builder.info.features.arrow_schema.types == rows.features.arrow_schema.types,
            "size_categories": card.data.to_dict()["size_categories"],
            "again": yaml.safe_load(card.data.to_yaml()) == yaml.safe_load(Path(folder, "README.md").read_text("utf8").split("\n---\n")[0]),
        }
    )
)
