"""describe_files.py FOLDER: what stands in the footers, as pyarrow reads them, after each file was read and validated. Prints JSON."""

import json
import sys
from pathlib import Path

import pyarrow.parquet

files = []
for path in sorted(Path(sys.argv[1]).glob("*.parquet")):
    file = pyarrow.parquet.ParquetFile(path)
    metadata = file.metadata
    file.read().validate(full=True)
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    files.append(
        {
            "name": path.name,
            "rows": metadata.num_rows,
            "createdBy": metadata.created_by,
            "footerBytes": metadata.serialized_size,
            "keys": sorted(key.decode() for key in metadata.metadata or {}),
            "schemaKeys": sorted(key.decode() for key in file.schema_arrow.metadata or {}),
            "groups": [
                {"rows": group.num_rows, "bytes": group.total_byte_size, "stored": sum(group.column(i).total_compressed_size for i in range(group.num_columns))}
                for group in groups
            ],
            "columns": [
                {
                    "path": column.path_in_schema,
                    "nulls": column.statistics.null_count,
                    "bounds": column.statistics.has_min_max,
                    "offsetIndex": column.has_offset_index,
                    "columnIndex": column.has_column_index,
                }
                for column in (groups[0].column(index) for index in range(metadata.num_columns))
            ]
            if groups
            else [],
        }
    )
print(json.dumps(files))
