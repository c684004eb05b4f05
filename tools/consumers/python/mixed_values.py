"""The values of a mixed collection in the types that all agree on, made by pyarrow from the collection's files alone."""

import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from mixed_rows import AUDIO, PLACE

NAMES = ["neutral", "happy", "sad", "afraid"]

AGREED = pa.schema(
    {
        "id": pa.int64(),
        "audio": AUDIO,
        "text": pa.large_string(),
        "language": pa.large_string(),
        "emotion": pa.int64(),
        "codes": pa.large_list(pa.int32()),
        "words": pa.list_(pa.string()),
        "score": pa.float64(),
        "recorded": pa.timestamp("ns", "UTC"),
        "price": pa.decimal256(12, 4),
        "speaker": pa.struct([("name", pa.large_string()), ("age", pa.int16()), ("place", PLACE)]),
        "turns": pa.list_(pa.struct([("who", pa.large_string()), ("at", pa.float64()), ("count", pa.int64())])),
        "note": pa.large_string(),
        "day": pa.date32(),
        "raw": pa.large_binary(),
    }
)


def agreed(table, collection):
    """A file's table as the recipe of `test/mixed.spec.mjs` wants it."""
    if collection == "dubbed":
        table = table.rename_columns(["text" if name == "transcript" else name for name in table.column_names])
    if collection == "legacy":
        table = table.append_column("language", pa.array(["en"] * table.num_rows))
    if "emotion" in table.column_names:
        place = table.column_names.index("emotion")
        table = table.set_column(place, "emotion", _numbers(table["emotion"], table.schema.metadata or {}))
    columns = [
        _as_type(table[field.name].combine_chunks(), field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in AGREED
    ]
    return pa.table(columns, schema=AGREED)


def _numbers(emotions, metadata):
    """As numbers of NAMES. Files without names have them as text, or numbers of these very names."""
    names = NAMES
    if b"huggingface" in metadata:
        names = json.loads(metadata[b"huggingface"])["info"]["features"]["emotion"]["names"]
    own = emotions.to_pylist()
    texts = [names[one] if isinstance(one, int) else one for one in own]
    return pa.array([None if text is None else NAMES.index(text) for text in texts], pa.int64())


def _as_type(array, target):
    kind = array.type
    if kinds.is_dictionary(kind):
        return _as_type(array.dictionary_decode(), target)
    if kinds.is_null(kind):
        return pa.nulls(len(array), target)
    if kinds.is_struct(target):
        children = {kind.field(index).name: array.field(index) for index in range(kind.num_fields)}
        fields = list(target)
        parts = [_as_type(children[field.name], field.type) if field.name in children else pa.nulls(len(array), field.type) for field in fields]
        return pa.StructArray.from_arrays(parts, fields=fields, mask=array.is_null())
    if kinds.is_list(target) or kinds.is_large_list(target):
        wide = array.cast(pa.large_list(kind.value_type)) if kinds.is_fixed_size_list(kind) else array
        counts = pc.fill_null(pc.list_value_length(wide), 0).to_pylist()
        offsets = [0]
        for count in counts:
            offsets.append(offsets[-1] + count)
        make = pa.LargeListArray if kinds.is_large_list(target) else pa.ListArray
        width = pa.int64() if kinds.is_large_list(target) else pa.int32()
        return make.from_arrays(pa.array(offsets, width), _as_type(wide.flatten(), target.value_type), type=target, mask=array.is_null())
    return array.cast(target)
