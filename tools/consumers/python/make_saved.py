"""Writes a data set as `save_to_disk` does: make_saved.py FOLDER ROWS SHARDS FIRST"""

import sys

import datasets

folder, rows, shards, first = sys.argv[1], *map(int, sys.argv[2:5])
features = datasets.Features(
    {
        "id": datasets.Value("int64"),
        "text": datasets.Value("string"),
        "label": datasets.ClassLabel(names=["quiet", "loud"]),
        "codes": datasets.List(datasets.Value("int32")),
        "audio": datasets.Audio(sampling_rate=16000, decode=False),
    }
)
data = {
    "id": [2**60 + i for i in range(first, first + rows)],
    "text": [None if i % 7 == 0 else f"row {i}: \u00fc \u4f60\u597d \U0001f600" for i in range(first, first + rows)],
    "label": [i % 2 for i in range(first, first + rows)],
    "codes": [None if i % 5 == 0 else list(range(i % 4)) for i in range(first, first + rows)],
    "audio": [{"bytes": bytes([i % 256]) * (i % 50), "path": f"{i}.wav"} for i in range(first, first + rows)],
}
# Cast from its bytes: encoding a sound would need torch.
datasets.Dataset.from_dict(data).cast(features).save_to_disk(folder, num_shards=shards)
