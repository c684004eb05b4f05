"""load_by_nodes.py FOLDER WORLD...: which rows each of WORLD nodes is given, streaming. Prints JSON: by world, a list of ids a node."""

import json
import sys

from datasets import load_dataset
from datasets.distributed import split_dataset_by_node

folder, *worlds = sys.argv[1:]


def stream():
    return load_dataset("parquet", data_dir=folder, split="train", streaming=True).select_columns(["id"])


def ids_of(rank, world):
    return [row["id"] for row in split_dataset_by_node(stream(), rank=rank, world_size=world)]


print(
    json.dumps(
        {
            "shards": stream().num_shards,
            "worlds": {world: [ids_of(rank, int(world)) for rank in range(int(world))] for world in worlds},
        }
    )
)
