"""load_sound.py decode|bytes FOLDER: the sound of every row, as sampling rate and 16-bit samples in hex. Prints JSON by id.

`decode` lets `datasets` decode its Audio feature; `bytes` takes the bytes as `Audio(decode=False)` gives them, to soundfile.
"""

import io
import json
import sys

import numpy
import soundfile
from datasets import Audio, load_dataset

way, folder = sys.argv[1:]
loaded = load_dataset("parquet", data_dir=folder, split="train").select_columns(["id", "audio"])
assert isinstance(loaded.features["audio"], Audio), loaded.features
if way == "bytes":
    loaded = loaded.cast_column("audio", Audio(decode=False))


def sound_of(audio):
    if audio is None:
        return None
    if way == "decode":
        samples, rate = numpy.rint(audio["array"] * 32768).astype("<i2"), audio["sampling_rate"]
    else:
        samples, rate = soundfile.read(io.BytesIO(audio["bytes"]), dtype="int16")
    return [rate, samples.astype("<i2").tobytes().hex()]


print(json.dumps({str(row["id"]): sound_of(row["audio"]) for row in loaded}))
