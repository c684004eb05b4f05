"""Values as JSON, alike for every program that read them: an Arrow array gives a list of values.

Integers, dates (days), times and timestamps (nanoseconds) are decimal text, floats the bits of their float64 as hex or `nan`,
bytes hex, lists arrays, structs objects. `src/hyparquet-rows.mjs` makes the same in JavaScript.
"""

import json
import struct

import pyarrow as pa
import pyarrow.types as kinds

NANOSECONDS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}


def lines(table):
    """One JSON text a row."""
    columns = {name: canonical(table[name].combine_chunks()) for name in table.column_names}
    return [
        json.dumps({name: values[row] for name, values in columns.items()}, ensure_ascii=False, sort_keys=True)
        for row in range(table.num_rows)
    ]


def canonical(array):
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks > 0 else pa.array([], array.type)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    kind = array.type
    if kinds.is_list(kind) or kinds.is_large_list(kind) or kinds.is_fixed_size_list(kind):
        return [None if item is None else canonical(item) for item in map(_values, array)]
    if kinds.is_struct(kind):
        children = {kind.field(i).name: canonical(array.field(i)) for i in range(kind.num_fields)}
        return [
            {name: values[row] for name, values in children.items()} if valid else None
            for row, valid in enumerate(array.is_valid().to_pylist())
        ]
    return [None if value is None else _scalar(value, kind) for value in _plain(array, kind).to_pylist()]


def _values(scalar):
    return scalar.values if scalar.is_valid else None


def _plain(array, kind):
    """What Python's own types cannot hold, as integers."""
    if kinds.is_timestamp(kind) or kinds.is_time64(kind):
        return array.view(pa.int64())
    if kinds.is_date32(kind):
        return array.view(pa.int32())
    return array


def _scalar(value, kind):
    if kinds.is_boolean(kind) or kinds.is_string(kind) or kinds.is_large_string(kind):
        return value
    if kinds.is_floating(kind):
        return "nan" if value != value else struct.pack(">d", value).hex()
    if kinds.is_timestamp(kind) or kinds.is_time64(kind):
        return str(value * NANOSECONDS[kind.unit])
    if kinds.is_binary(kind) or kinds.is_large_binary(kind):
        return value.hex()
    if kinds.is_integer(kind) or kinds.is_date32(kind):
        return str(value)
    if kinds.is_decimal(kind):
        return format(value, f".{kind.scale}f")
    raise TypeError(f"There is no canonical value of {kind}.")
