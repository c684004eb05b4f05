"""Casts every value of every source file to every target type, alone, so that each is either converted or refused.

Arguments: a folder with `<number>.arrow` (IPC files, one column `value`), `targets.arrow` (an IPC file of no rows whose columns have the
target types) and `plan.json` (the names of the targets for each source). Writes `<number>.out.arrow`: for target t a column `t`, null where
refused, and a column `ok t` of booleans.
"""
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

folder = Path(sys.argv[1])
targets = pa.ipc.open_file(folder / "targets.arrow").schema
plan = json.loads((folder / "plan.json").read_text())


def cast(value, target):
    try:
        converted = pc.cast(value, target, safe=True)
        converted.validate(full=True)
        return converted, True
    except pa.ArrowException:
        return pa.nulls(1, target), False


for path in sorted(folder.glob("*.arrow")):
    if not path.stem.isdigit():
        continue
    source = pa.ipc.open_file(path).read_all().column(0).combine_chunks()
    columns, names = [], []
    for name in plan[int(path.stem)]:
        field = targets.field(name)
        results = [cast(source.take(pa.array([row])), field.type) for row in range(len(source))]
        columns.append(pa.concat_arrays([array for array, _ in results]))
        columns.append(pa.array([ok for _, ok in results]))
        names += [field.name, "ok " + field.name]
    table = pa.table(columns, names=names)
    with pa.ipc.new_file(path.with_suffix(".out.arrow"), table.schema) as writer:
        writer.write_table(table)
