"""The rows of the inputs, made from their number alone, and what `datasets` declares of them."""

import datetime
import math
import random
from decimal import Decimal

from datasets import Array2D, Audio, ClassLabel, Features, Image, LargeList, List, Translation, Value
from sound import SAMPLING_RATE, wav

LABELS = ["neutral", "fröhlich", "怒り", "sad"]
WORDS = ["a", "naïve", "Straße", "日本語", "👩🏽‍🚀", "\u0000", "", "e\u0301", "ﷺ", "line\nbreak", '"']
EPOCH = datetime.datetime(1970, 1, 1)

FEATURES = Features(
    {
        "id": Value("int64"),
        "audio": Audio(sampling_rate=SAMPLING_RATE),
        "text": Value("string"),
        "long_text": Value("large_string"),
        "label": ClassLabel(names=LABELS),
        "label_name": Value("string"),
        "tokens": List(Value("int32")),
        "codes": List(List(Value("int16"))),
        "far": LargeList(Value("int64")),
        "fixed": List(Value("float32"), length=3),
        "matrix": Array2D(shape=(2, 3), dtype="float32"),
        "speaker": {"name": Value("string"), "age": Value("uint8"), "place": {"lat": Value("float32"), "lon": Value("float64")}},
        "turns": List({"who": Value("string"), "at": Value("float64")}),
        "translation": Translation(languages=["de", "en"]),
        "picture": Image(),
        "raw": Value("binary"),
        "tiny": Value("int8"),
        "wide": Value("uint32"),
        "score": Value("float64"),
        "good": Value("bool"),
        "recorded": Value("timestamp[us]"),
        "zoned": Value("timestamp[us, tz=UTC]"),
        "precise": Value("timestamp[ns]"),
        "day": Value("date32"),
        "clock": Value("time64[us]"),
        "price": Value("decimal128(12, 2)"),
        "mass": Value("decimal128(38, 10)"),
    }
)


def row(number):
    """Row `number`. About one value in nine is null; lists are empty, and texts odd, as often."""
    dice = random.Random(number)

    def maybe(make):
        return None if dice.random() < 1 / 9 else make()

    def some(make, most):
        return [make() for _ in range(dice.choice([0, 1, dice.randrange(most + 1)]))]

    def word():
        return dice.choice(WORDS) + str(dice.randrange(50))

    moment = dice.randrange(-(10**15), 4 * 10**15)
    label = maybe(lambda: dice.randrange(len(LABELS)))
    return {
        "id": number,
        "audio": maybe(lambda: {"bytes": wav(number), "path": f"clips/{number:05}.wav"}),
        "text": maybe(lambda: " ".join(some(word, 12))),
        "long_text": maybe(lambda: word() * dice.randrange(40)),
        "label": label,
        "label_name": None if label is None else LABELS[label],
        "tokens": maybe(lambda: some(lambda: dice.randrange(-(2**31), 2**31), 30)),
        "codes": maybe(lambda: some(lambda: some(lambda: dice.randrange(1024), 8), 5)),
        "far": maybe(lambda: some(lambda: maybe(lambda: dice.randrange(-(2**63), 2**63)), 4)),
        "fixed": maybe(lambda: [dice.uniform(-1, 1) for _ in range(3)]),
        "matrix": [[dice.uniform(-1, 1) for _ in range(3)] for _ in range(2)],
        "speaker": maybe(
            lambda: {
                "name": maybe(word),
                "age": maybe(lambda: dice.randrange(256)),
                "place": maybe(lambda: {"lat": dice.uniform(-90, 90), "lon": maybe(lambda: dice.uniform(-180, 180))}),
            }
        ),
        "turns": maybe(lambda: some(lambda: {"who": maybe(word), "at": dice.random()}, 4)),
        "translation": {"de": word(), "en": word()},
        "picture": maybe(lambda: {"bytes": dice.randbytes(dice.randrange(90)), "path": None}),
        "raw": maybe(lambda: dice.randbytes(dice.randrange(20))),
        "tiny": maybe(lambda: dice.randrange(-128, 128)),
        "wide": maybe(lambda: dice.randrange(2**32)),
        "score": maybe(lambda: dice.choice([math.nan, math.inf, -math.inf, -0.0, 0.0, 5e-324, dice.random()])),
        "good": maybe(lambda: dice.random() < 0.5),
        "recorded": maybe(lambda: EPOCH + datetime.timedelta(microseconds=moment)),
        "zoned": maybe(lambda: (EPOCH + datetime.timedelta(microseconds=moment + 1)).replace(tzinfo=datetime.timezone.utc)),
        "precise": maybe(lambda: moment * 1000 + dice.randrange(1000)),
        "day": maybe(lambda: datetime.date(1900, 1, 1) + datetime.timedelta(days=dice.randrange(90000))),
        "clock": maybe(lambda: datetime.time(dice.randrange(24), dice.randrange(60), 59, dice.randrange(10**6))),
        "price": maybe(lambda: Decimal(dice.randrange(-(10**9), 10**9)).scaleb(-2)),
        "mass": maybe(lambda: Decimal(dice.randrange(-(10**26), 10**26)).scaleb(-10)),
    }
