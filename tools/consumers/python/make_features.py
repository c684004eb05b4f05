"""make_features.py FOLDER COLLECTION...: collections with every feature that this version of `datasets` has, all of the same. Prints the features as JSON.

Rows hold a number and else nothing: what matters are the features, at the top, in lists and in structs.
"""

import json
import sys
from pathlib import Path

import datasets
import pyarrow as pa
from datasets import Dataset, Features, Sequence, Value, features

FOLDER = Path(sys.argv[1])
ROWS = 5
MAJOR = int(datasets.__version__.split(".")[0])

DTYPES = """null bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 string large_string binary large_binary date32
    time32[s] time32[ms] time64[us] time64[ns] timestamp[s] timestamp[ms] timestamp[us] timestamp[ns] timestamp[us,tz=UTC] timestamp[ns,tz=Europe/Berlin]
    duration[ms] decimal128(12,2) decimal256(40,3)"""
# Seconds of times and timestamps are no type of Parquet: pyarrow stores milliseconds.
CHANGED = {"time32[s]", "timestamp[s]"}


def special():
    """Features that a type does not tell, with and without parameters. What a version has not is left out."""
    wanted = {
        "ClassLabel": [{"names": ["nein", "ja"]}, {"num_classes": 3}],
        "Audio": [{}, {"sampling_rate": 16_000}, {"decode": False}, {"mono": False} if MAJOR < 4 else {"num_channels": 2}],
        "Image": [{}, {"mode": "RGB"}, {"decode": False}],
        "Translation": [{"languages": ["de", "en"]}, {"languages": ["fr", "de", "zh"]}],
        "TranslationVariableLanguages": [{}, {"languages": ["de", "en"]}],
        "Array2D": [{"shape": (2, 3), "dtype": "float32"}],
        "Array3D": [{"shape": (None, 3, 3), "dtype": "uint8"}],
        "Array4D": [{"shape": (1, 2, 3, 4), "dtype": "int64"}],
        "Array5D": [{"shape": (1, 2, 3, 4, 5), "dtype": "float64"}],
        **dict.fromkeys(["Video", "Pdf", "Nifti", "Mesh", "BioSequence", "BioStructure", "Json"], [{}]),
    }
    return [getattr(features, name)(**given) for name, all_given in wanted.items() for given in all_given if hasattr(features, name)]


def named(kind, made):
    return {f"{kind}_{number}": feature for number, feature in enumerate(made)}


def all_features():
    values = [Value(dtype.replace(",", ", ")) for dtype in DTYPES.split() if dtype not in CHANGED]
    nested = [each for each in special() if not type(each).__name__.startswith("Array")]
    listed = features.List if MAJOR > 3 else Sequence
    shapes = {
        **named("value", values),
        **named("special", special()),
        **named("list", [listed(each) for each in nested]),
        **named("struct", [{"x": each, "n": Value("int8")} for each in nested]),
        **named("deep", [listed(listed(nested[0])), listed(Value("string"), length=3), listed(listed(Value("int16"), length=2))]),
        **named("large", [features.LargeList(nested[0]), features.LargeList(Value("string"))]),
        "structs": listed({"x": nested[0]}) if MAJOR > 3 else [{"x": nested[0]}],
        # Of structs, `Sequence` is stored as a struct of lists.
        "sequence": Sequence({"x": nested[0], "n": Value("int8"), "deep": {"y": nested[2]}}),
    }
    return Features({"id": Value("int64"), **shapes})


FEATURES = all_features()
arrays = {"id": pa.array(range(ROWS)), **{field.name: pa.nulls(ROWS, field.type) for field in list(FEATURES.arrow_schema)[1:]}}
for collection in sys.argv[2:]:
    folder = FOLDER / collection
    folder.mkdir(parents=True)
    Dataset(pa.table(arrays, schema=FEATURES.arrow_schema)).to_parquet(folder / "00000.parquet", batch_size=ROWS)
print(json.dumps(FEATURES.to_dict()))
