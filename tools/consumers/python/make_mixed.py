"""make_mixed.py FOLDER COLLECTION...: collections of one speech data set, each as another program stores it (`mixed_rows.py` has the types).

`archive` is for an environment of `datasets` 3, the others for one of `datasets` 5. Prints JSON: by id, the name of its emotion.
"""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from datasets import Audio, ClassLabel, Dataset, Features
from mixed_rows import NAMES, NEUTRAL, RATES, tables_of

FOLDER = Path(sys.argv[1])


def features_of(collection, schema):
    """What `datasets` infers of the types, with the features that they do not tell."""
    features = Features.from_arrow_schema(schema)
    features["audio"] = Audio(sampling_rate=RATES.get(collection, 16_000))
    features["emotion"] = ClassLabel(names=NAMES.get(collection, NEUTRAL))
    return features


def by_datasets(table, path, collection):
    features = features_of(collection, table.schema)
    Dataset(table.cast(features.arrow_schema)).to_parquet(path, batch_size=7)


def by_pyarrow(table, path, collection):
    """`lab` has ids and codes that no row may lack, `dubbed` the metadata of `datasets` and its own name for the text."""
    schema = table.schema
    if collection == "lab":
        schema = schema.set(0, schema.field("id").with_nullable(False))
    if collection == "dubbed":
        schema = schema.with_metadata(features_of(collection, schema).arrow_schema.metadata)
        renamed = json.loads(schema.metadata[b"huggingface"].decode().replace('"text": {', '"transcript": {'))
        schema = schema.with_metadata({"huggingface": json.dumps(renamed)})
        schema = schema.set(schema.get_field_index("text"), schema.field("text").with_name("transcript"))
    pq.write_table(pa.table(table.columns, schema=schema), path, row_group_size=9, compression="gzip")


def by_polars(table, path, _collection):
    import polars

    polars.from_arrow(table).with_columns(polars.col("language").cast(polars.Categorical)).write_parquet(path)


def by_duckdb(table, path, _collection):
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("rows", table)
    connection.execute(f"COPY (FROM rows) TO '{path}' (FORMAT parquet)")


def by_pandas(table, path, _collection):
    """A frame whose rows were filtered, so that its index is written as a column."""
    import pandas

    frame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    assert len(frame) == table.num_rows
    frame.index = [2 * index for index in frame.index[:-1]] + [999]
    frame.to_parquet(path)


WRITERS = {"web": by_polars, "phone": by_duckdb, "frames": by_pandas, **dict.fromkeys(("studio", "actors", "archive", "radio"), by_datasets)}

emotions = {}
for collection in sys.argv[2:]:
    tables, named = tables_of(collection)
    emotions |= named
    for shard, table in enumerate(tables):
        folder = FOLDER / collection / f"{shard:05}"
        folder.mkdir(parents=True)
        WRITERS.get(collection, by_pyarrow)(table, folder / "data.parquet", collection)
print(json.dumps(emotions))
