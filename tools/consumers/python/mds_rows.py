"""Rows for MDS, made from their number alone, and a form of them that JSON holds."""

import base64
import random
from decimal import Decimal

WORDS = ["a", "naïve", "Straße", "日本語", "👩🏽‍🚀", "\u0000", "", "line\nbreak", '"']


def row(number):
    dice = random.Random(number)
    return {
        "id": 2**53 + number,
        "audio": {"bytes": dice.randbytes(dice.randrange(2000)), "path": f"clips/{number:05}-é.wav"},
        "codes": [dice.randrange(-(2**15), 2**15) for _ in range(dice.choice([0, 1, 7, 300]))],
        "flag": dice.random() < 0.5,
        "fixed": [dice.choice([0.5, -0.0, 1e300]), float(number)],
        "note": None if number % 3 == 0 else dice.choice(WORDS),
        "price": Decimal(dice.randrange(-(10**9), 10**9)).scaleb(-2),
        "speaker": {"name": dice.choice(WORDS), "age": None if number % 5 == 0 else number},
        "text": "".join(dice.choice(WORDS) for _ in range(dice.randrange(9))),
        "tiny": dice.randrange(-128, 128),
        "turns": [{"who": dice.choice(WORDS), "at": dice.random()} for _ in range(dice.randrange(3))],
    }


def plain(value):
    """What JSON holds of a value of Python or NumPy, each of them different from each other."""
    if isinstance(value, bytes):
        return "bytes:" + base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return f"decimal:{value}"
    if isinstance(value, dict):
        return {name: plain(value[name]) for name in sorted(value)}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return f"int:{value}"
    return f"float:{value!r}" if isinstance(value, float) else value


def split(made):
    """A row as MDS has it: of the struct with bytes two columns, of the flag a number."""
    audio = made["audio"]
    others = {name: value for name, value in made.items() if name != "audio"}
    return {**others, "audio.bytes": audio["bytes"], "audio.path": audio["path"], "flag": int(made["flag"])}
