"""Prints the samples of the shards in FOLDER as `webdataset` reads them: raw members as hex, and decoded ones."""

import glob
import json
import sys

import webdataset

urls = sorted(glob.glob(f"{sys.argv[1]}/*.tar"))
decoded = webdataset.WebDataset(urls, shardshuffle=False).decode()
raw = webdataset.WebDataset(urls, shardshuffle=False)
hidden = ("__url__", "__local_path__")
print(
    json.dumps(
        [
            {
                "raw": {name: value if isinstance(value, str) else value.hex() for name, value in one.items() if name not in hidden},
                "decoded": {name: value for name, value in other.items() if name not in hidden and not isinstance(value, bytes)},
            }
            for one, other in zip(raw, decoded, strict=True)
        ]
    )
)
