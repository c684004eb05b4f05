"""make_speech.py FOLDER: two collections of speech, written by the `datasets` that runs this, from its own objects. Prints the features."""

import json
import sys
from pathlib import Path

from datasets import Audio, ClassLabel, Dataset, Features, Sequence, Value
from sound import SAMPLING_RATE, wav

FOLDER = Path(sys.argv[1])
FEATURES = Features(
    {
        "id": Value("int64"),
        "audio": Audio(sampling_rate=SAMPLING_RATE),
        "emotion": ClassLabel(names=["calm", "excited"]),
        "codes": Sequence(Value("int32")),
        "turns": Sequence({"who": Value("string"), "at": Value("float64")}),
    }
)


def example(number):
    return {
        "id": number,
        "audio": {"bytes": wav(number), "path": f"{number}.wav"},
        "emotion": number % 2,
        "codes": list(range(number % 5)),
        "turns": [{"who": "a", "at": number / 8}] * (number % 3),
    }


start = 0
for name, shard, count in (("tts", "00000", 21), ("tts", "00001", 9), ("asr", "00000", 30)):
    (FOLDER / name / shard).mkdir(parents=True)
    dataset = Dataset.from_list([example(start + index) for index in range(count)], features=FEATURES)
    dataset.to_parquet(FOLDER / name / shard / "data.parquet")
    start += count
print(json.dumps({"rows": start, "features": FEATURES.to_dict()}))
