"""read_rows.py CONSUMER FOLDER TARGET: all rows of a result as that program reads them, in its order, canonical.

Every program hands its rows over as an Arrow table; types that it widens on the way (string views, nanoseconds) are cast back to
those of the file. Prints facts about what it read as JSON.
"""

import json
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
from canonical import lines

consumer, folder, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
FILES = sorted(str(path) for path in folder.glob("*.parquet"))


def by_pyarrow():
    tables = [pyarrow.parquet.read_table(path) for path in FILES]
    for table in tables:
        table.validate(full=True)
    return pyarrow.concat_tables(tables)


def by_polars():
    import polars

    return polars.read_parquet(FILES).to_arrow()


def by_duckdb():
    import duckdb

    return duckdb.connect().read_parquet(FILES).to_arrow_table()


def by_pandas():
    import pandas

    frame = pandas.read_parquet(folder, dtype_backend="pyarrow")
    assert isinstance(frame.index, pandas.RangeIndex), frame.index
    return pyarrow.Table.from_pandas(frame, schema=schema(list(frame.columns)), preserve_index=False)


def by_datasets():
    from datasets import load_dataset

    return load_dataset("parquet", data_dir=str(folder), split="train").with_format("arrow")[:]


def by_streaming():
    from datasets import load_dataset

    stream = load_dataset("parquet", data_dir=str(folder), split="train", streaming=True).with_format("arrow")
    return pyarrow.concat_tables(list(stream.iter(batch_size=50)))


def schema(columns):
    """The schema in the file, without what it says of pandas, in the order of the columns that were read."""
    written = pyarrow.parquet.read_schema(FILES[0]).remove_metadata()
    return pyarrow.schema([_storage(written.field(name)) for name in columns])


def _storage(field):
    return field.with_type(field.type.storage_type) if isinstance(field.type, pyarrow.BaseExtensionType) else field


def storage(table):
    columns = [
        pyarrow.chunked_array([chunk.storage for chunk in column.chunks]) if isinstance(column.type, pyarrow.BaseExtensionType) else column
        for column in table.columns
    ]
    return pyarrow.Table.from_arrays(columns, names=table.column_names)


table = storage(globals()[f"by_{consumer}"]())
target.write_text("".join(f"{line}\n" for line in lines(table.cast(schema(table.column_names)))), encoding="utf-8")
print(json.dumps({"rows": table.num_rows, "columns": table.column_names}))
