"""Rows of one speech data set, and the types in which twelve collections of it are stored.

What a type cannot hold (nanoseconds in milliseconds, digits beyond a scale) is cut off here: a collection's values are its own.
"""

import datetime
import decimal
import random

import pyarrow as pa
from sound import wav

NEUTRAL = ["neutral", "happy", "sad"]
SAD_FIRST = ["sad", "afraid", "neutral", "happy"]
HAPPY_FIRST = ["happy", "neutral", "sad"]
UNITS = {"ms": 10**6, "us": 10**3, "ns": 1}
ROWS = 20

AUDIO = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
AUDIO_OTHERWISE = pa.struct([("path", pa.large_string()), ("bytes", pa.large_binary())])
PLACE = pa.struct([("lat", pa.float32()), ("lon", pa.float64())])
SPEAKER = pa.struct([("name", pa.string()), ("age", pa.uint8()), ("place", PLACE)])


def turns(count, *, at=pa.float32(), text=pa.string()):
    return pa.list_(pa.struct([("who", text), ("at", at), ("count", count)]))


# `emotion` is the number of a name where it is an integer, and the name itself where it is text.
BASE = {
    "id": pa.int64(),
    "audio": AUDIO,
    "text": pa.string(),
    "language": pa.string(),
    "emotion": pa.int64(),
    "codes": pa.list_(pa.int32()),
    "words": pa.list_(pa.string()),
    "score": pa.float32(),
    "recorded": pa.timestamp("us", "UTC"),
    "price": pa.decimal128(10, 2),
    "speaker": SPEAKER,
    "turns": turns(pa.int16()),
    "note": pa.string(),
    "day": pa.date32(),
    "raw": pa.binary(),
}


def base(*missing, **types):
    return {name: kind for name, kind in {**BASE, **types}.items() if name not in missing}


# By collection, in the order of the recipe: types by column, in the order of the file.
TYPES = {
    "studio": base(),
    "actors": dict(reversed(base(id=pa.int32(), codes=pa.list_(pa.int16()), turns=turns(pa.int32())).items())),
    "archive": base("day"),
    "lab": base(
        "emotion",
        "words",
        id=pa.int32(),
        audio=AUDIO_OTHERWISE,
        text=pa.large_string(),
        language=pa.dictionary(pa.int32(), pa.string()),
        codes=pa.large_list(pa.int16()),
        score=pa.float64(),
        recorded=pa.timestamp("ms", "UTC"),
        price=pa.decimal128(9, 4),
    ),
    "tiny": base(
        id=pa.uint8(),
        text=pa.string_view(),
        emotion=pa.null(),
        note=pa.null(),
        codes=pa.list_(pa.int16(), 8),
        words=pa.list_(pa.string(), 2),
        speaker=pa.struct([("name", pa.string()), ("place", pa.struct([("lat", pa.float32())]))]),
        turns=turns(pa.uint8(), at=pa.float64(), text=pa.large_string()),
        raw=pa.binary_view(),
    ),
    "web": base("emotion", "turns", "words", recorded=pa.timestamp("ms", "UTC"), language=pa.dictionary(pa.uint32(), pa.string())),
    "phone": base("note", "words", emotion=pa.string(), price=pa.decimal128(11, 3), score=pa.float64()),
    "frames": base("words", "turns", id=pa.uint16(), recorded=pa.timestamp("ns", "UTC")),
    "nights": base("emotion", "words", recorded=pa.timestamp("us"), price=pa.decimal256(10, 2)),
    "radio": base(),
    "dubbed": base(
        "note",
        speaker=pa.struct([("place", pa.struct(list(reversed(list(PLACE))))), ("age", pa.int16()), ("name", pa.large_string())]),
    ),
    "legacy": base(
        "language",
        "emotion",
        codes=pa.list_(pa.null()),
        turns=turns(pa.int64()),
        note=pa.dictionary(pa.int16(), pa.large_string()),
        day=pa.date64(),
        raw=pa.dictionary(pa.int8(), pa.large_binary()),
    ),
}
NAMES = {"actors": SAD_FIRST, "archive": HAPPY_FIRST}
RATES = {"radio": 24_000}


def row(number, collection):
    """Row `number` of all, as its collection can store it. About one value in six is null, but for ids."""
    types = TYPES[collection]
    dice = random.Random(number)
    names = NAMES.get(collection, NEUTRAL)

    def maybe(value):
        return None if dice.random() < 1 / 6 else value

    def integer(kind, most):
        return dice.randrange(min(most, 2 ** (kind.bit_width - 1)))

    def element(name):
        return types[name].value_type if name in types else pa.null()

    emotion = maybe(dice.choice(names))
    label = emotion if types.get("emotion") == pa.string() else names.index(emotion) if emotion else None
    codes = element("codes")
    length = types["codes"].list_size if pa.types.is_fixed_size_list(types["codes"]) else dice.randrange(10)
    count = element("turns").field("count").type if "turns" in types else pa.int8()
    recorded, price = types["recorded"], types["price"]
    moment = dice.randrange(-(10**18), 2 * 10**18) // UNITS[recorded.unit]
    values = {
        "id": number + (2**33 if types["id"] == pa.int64() else 0),
        "audio": maybe({"bytes": wav(number, RATES.get(collection, 16_000)), "path": f"clips/{number:05}.wav"}),
        "text": maybe(dice.choice(["Grüße", "日本語", "", "line\nbreak", "\u0000"]) + str(number)),
        "language": maybe(dice.choice(["de", "en", "ja"])),
        "emotion": None if types.get("emotion") == pa.null() else label,
        "codes": maybe([] if pa.types.is_null(codes) else [maybe(integer(codes, 2**31)) for _ in range(length)]),
        "words": maybe([dice.choice(["a", "naïve", ""]) for _ in range(2 if collection == "tiny" else dice.randrange(4))]),
        "score": maybe(dice.choice([float("nan"), float("-inf"), -0.0, dice.random()])),
        "recorded": maybe(moment),
        "price": maybe(decimal.Decimal(dice.randrange(-(10**7), 10**7)).scaleb(-price.scale)),
        "speaker": maybe(
            {"name": maybe(f"Ana {number}"), "age": maybe(dice.randrange(100)), "place": maybe({"lat": dice.random(), "lon": dice.random()})}
        ),
        "turns": maybe([{"who": maybe("ab"[turn]), "at": dice.random(), "count": maybe(integer(count, 2**40))} for turn in range(dice.randrange(3))]),
        "note": None if types.get("note") == pa.null() else maybe(f"note {number % 7}"),
        "day": maybe(datetime.date(1969, 12, 1) + datetime.timedelta(days=dice.randrange(20_000))),
        "raw": maybe(dice.randbytes(dice.randrange(3))),
    }
    return {name: values[name] for name in types}, emotion


def array_of(values, kind):
    """`pyarrow.array`, also of structs whose fields are fewer, and of times that are numbers."""
    if pa.types.is_timestamp(kind):
        return pa.array(values, pa.int64()).cast(kind)
    return pa.array(values, kind)


def tables_of(collection):
    """The rows of each shard of a collection, and the name of each row's emotion by its id."""
    start = list(TYPES).index(collection) * ROWS
    emotions, tables = {}, []
    for first, last in ((0, 13), (13, ROWS)):
        rows, names = zip(*(row(number, collection) for number in range(start + first, start + last)))
        arrays = {name: array_of([each[name] for each in rows], kind) for name, kind in TYPES[collection].items()}
        tables.append(pa.table(arrays))
        emotions |= {each["id"]: name for each, name in zip(rows, names)}
    return tables, emotions
