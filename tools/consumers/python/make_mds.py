"""Writes MDS by MDSWriter: make_mds.py FOLDER ROWS [again]. Prints the rows by id.

With `again`, one shard of the columns that Riffle writes so, in the order of the ids, to be compared to the byte; else small shards of all encodings."""

import json
import sys

import stand_in  # noqa: F401
import numpy as np
from mds_rows import plain, row
from streaming import MDSWriter

folder, count = sys.argv[1], int(sys.argv[2])
simple = {"id": "int64", "text": "str", "tiny": "int8", "sound": "bytes", "fixed": "ndarray:float64:2", "codes": "ndarray:int16"}


def sample(number):
    made = row(number)
    return {
        "id": made["id"],
        "text": made["text"],
        "tiny": made["tiny"],
        "sound": made["audio"]["bytes"],
        "fixed": np.array(made["fixed"]),
        # MDSWriter refuses lists without an element.
        "codes": np.array(made["codes"] or [1], np.int16),
    }


rows = [sample(number) for number in range(count)]
if sys.argv[3:] == ["again"]:
    with MDSWriter(out=folder, columns=simple, hashes=["sha256"], size_limit=None) as out:
        for made in rows:
            out.write(made)
else:
    columns = {**simple, "plain": "int", "inner": "json", "price": "str_decimal", "score": "float32"}
    rows = [
        {**made, "plain": -number, "inner": row(number)["speaker"], "price": row(number)["price"], "score": np.float32(number / 7)}
        for number, made in enumerate(rows)
    ]
    with MDSWriter(out=folder, columns=columns, hashes=["sha1"], size_limit=1 << 14) as out:
        for made in rows:
            out.write(made)
    # Riffle has JSON and decimals as the texts that stand in the shards.
    rows = [{**made, "inner": json.dumps(made["inner"]), "price": str(made["price"])} for made in rows]
print(json.dumps([plain(made) for made in rows]))
