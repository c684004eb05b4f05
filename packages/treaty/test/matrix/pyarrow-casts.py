"""What pyarrow makes of edge values of every type that the treaty may meet.

Reads `conversions.txt` beside it (a line `source -> target` for each conversion that a treaty of two columns leads to, written by
`npx vitest run test/matrix --update` in packages/treaty) and writes, as Arrow IPC files:
- `sources.arrow`: a column of edge values for each source type, filled up with nulls;
- `casts.arrow`: a column for each line, with `cast(safe=True)` of every value alone: null where the source is not null means refused.

Run it with the Python of tools/consumers:
    node_modules/.cache/riffle-consumers/datasets-5/bin/python packages/treaty/test/matrix/pyarrow-casts.py
"""
import math
import re
from decimal import Decimal, getcontext
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

folder = Path(__file__).parent
getcontext().prec = 100
LEAVES = {
    name: getattr(pa, name)()
    for name in (
        "null int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 string large_string binary "
        "large_binary date32 date64"
    ).split()
} | {"bool": pa.bool_()}


def split(text):
    """At the commas that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "<([") - (character in ">)]")
        if character == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return parts + [text[start:].strip()]


def type_of(text):
    """The pyarrow type of Riffle's spelling."""
    if text in LEAVES:
        return LEAVES[text]
    name, inner = re.fullmatch(r"(\w+)[<(\[](.*)[>)\]]", text).groups()
    arguments = split(inner)
    if name in ("time32", "time64", "duration", "timestamp"):
        return getattr(pa, name)(*arguments)
    if name in ("decimal128", "decimal256"):
        return getattr(pa, name)(*map(int, arguments))
    if name == "fixed_size_binary":
        return pa.binary(int(arguments[0]))
    if name == "fixed_size_list":
        return pa.list_(pa.field("item", type_of(arguments[0])), int(arguments[1]))
    if name in ("list", "large_list"):
        return {"list": pa.list_, "large_list": pa.large_list}[name](pa.field("item", type_of(arguments[0])))
    if name == "struct":
        return pa.struct([(field.split(": ", 1)[0], type_of(field.split(": ", 1)[1])) for field in arguments])
    return {"map": pa.map_, "dictionary": pa.dictionary}[name](*map(type_of, arguments))


TICKS = [0, 1, -1, 59, 86_399, 1_709_210_096, -62_135_596_800, 2**31 - 1, -(2**31), 2**33, 9_223_372_036, 9_223_372_037]
WIDE = [2**53 - 1, 2**53, 2**53 + 1, 2**62, 2**63 - 1, -(2**53) - 1, -(2**63), 9_223_372_036_854_775]
TEXTS = ["", "a", "17", "naïve ☃", "\0", "x" * 40]
BYTES = [b"", b"\0", b"\xff\xfe", b"abc", b"\x09" * 16, b"\x80" * 15 + b"\x01"]
FLOATS = [0.0, -0.0, 0.5, -1.5, 2048.0, 65504.0, 2.0**-24, math.inf, -math.inf, math.nan]
SINGLES = FLOATS + [2.0**-149, 16777216.0, 3.4028234663852886e38]


def integers(bits, signed):
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    turning = [base + shift for power in (7, 8, 15, 16, 24, 31, 32, 53, 63) for base in (2**power, -(2**power)) for shift in (-1, 0, 1)]
    return sorted({value for value in [low, high, 0, 1, -1, *turning] if low <= value <= high})


def decimals(precision, scale):
    return [Decimal(digits).scaleb(-scale) for digits in (0, 1, -1, 150, 10**precision - 1, -(10**precision) + 1)]


def days(scale):
    return [day * scale for day in (0, 1, -1, 19782, -719528, 2932896, 2**31 - 1, -(2**31))]


def values_of(type_):
    if pa.types.is_null(type_):
        return pa.array([None], type_)
    if pa.types.is_dictionary(type_):
        plain = values_of(type_.value_type)
        return plain.drop_null().take(pa.array([0, 2, 1, 0, None], pa.int8())).dictionary_encode().cast(type_)
    if pa.types.is_integer(type_):
        return pa.array([*integers(type_.bit_width, pa.types.is_signed_integer(type_)), None], type_)
    if pa.types.is_float16(type_):
        import numpy

        return pa.array([*map(numpy.float16, FLOATS), None], type_)
    if pa.types.is_float32(type_):
        return pa.array([*SINGLES, None], type_)
    if pa.types.is_float64(type_):
        return pa.array([*SINGLES, 0.1, 5e-324, 1e300, 2.0**53 + 2, None], type_)
    if pa.types.is_boolean(type_):
        return pa.array([True, False, None], type_)
    if pa.types.is_decimal(type_):
        return pa.array([*decimals(type_.precision, type_.scale), None], type_)
    if pa.types.is_date32(type_):
        return pa.array([*days(1), None], pa.int32()).view(type_)
    if pa.types.is_date64(type_):
        return pa.array([*days(86_400_000), None], pa.int64()).view(type_)
    if pa.types.is_time(type_):
        per_second = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[type_.unit]
        ticks = [0, 1, per_second, 3661 * per_second + 1, 86_400 * per_second - 1]
        return pa.array([*ticks, None], pa.int32() if pa.types.is_time32(type_) else pa.int64()).view(type_)
    if pa.types.is_timestamp(type_) or pa.types.is_duration(type_):
        return pa.array([*TICKS, *WIDE, None], pa.int64()).view(type_)
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        return pa.array([*TEXTS, None], type_)
    if pa.types.is_fixed_size_binary(type_):
        return pa.array([bytes([byte]) * type_.byte_width for byte in (0, 1, 255)] + [None], type_)
    if pa.types.is_binary(type_) or pa.types.is_large_binary(type_):
        return pa.array([*BYTES, None], type_)
    if pa.types.is_fixed_size_list(type_):
        numbers = ([1, None, -(2**31), 7] * type_.list_size)[: 2 * type_.list_size]
        return pa.array([numbers[: type_.list_size], numbers[type_.list_size :], None], type_)
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        large = 2**40 if type_.value_type.bit_width == 64 else 2**31 - 1
        return pa.array([[], [1, 2], [None, -(2**31), large], None], type_)
    if pa.types.is_struct(type_):
        rows = [{field.name: 10 * row + number for number, field in enumerate(type_)} for row in range(3)]
        return pa.array([*rows, {field.name: None for field in type_}, None], type_)
    assert pa.types.is_map(type_), type_
    return pa.array([[], [("k", 1), ("l", None)], [("", -(2**31))], None], type_)


def cast(value, target):
    if pa.types.is_dictionary(value.type):
        value = value.dictionary_decode()
    source = value.type
    if pa.types.is_integer(source) and pa.types.is_floating(target):
        # pyarrow refuses all integers beyond 2^24 or 2^53; Riffle those that are not exact.
        converted = pc.cast(value, target, safe=False)
        exact = value[0].as_py() is None or int(converted[0].as_py()) == value[0].as_py()
        return converted if exact else pa.nulls(1, target)
    try:
        converted = pc.cast(value, target, safe=True)
        converted.validate(full=True)
        return converted
    except pa.ArrowException:
        return pa.nulls(1, target)


def write(name, columns):
    longest = max(map(len, columns.values()))
    filled = {key: pa.concat_arrays([array, pa.nulls(longest - len(array), array.type)]) for key, array in columns.items()}
    table = pa.table(filled)
    with pa.ipc.new_file(folder / name, table.schema) as writer:
        writer.write_table(table)


conversions = [line.split(" -> ") for line in (folder / "conversions.txt").read_text().splitlines()]
sources = {name: values_of(type_of(name)) for name in dict.fromkeys(source for source, _ in conversions)}
write("sources.arrow", sources)
casts = {}
for source, target in conversions:
    alone = [cast(sources[source].slice(row, 1), type_of(target)) for row in range(len(sources[source]))]
    casts[f"{source} -> {target}"] = pa.concat_arrays(alone)
write("casts.arrow", casts)
print(f"pyarrow {pa.__version__}: {len(sources)} types, {len(casts)} conversions")
