"""make_stored.py WORKLOAD WRITER FOLDER [SCALE]: one collection of four shards, stored as people's programs store it. Prints its bytes.

The rows depend on the workload and the scale only. Writers leave everything at their defaults but what their name says.
"""

import sys
from pathlib import Path

import numpy
import pyarrow
import pyarrow.parquet

SHARDS = 4
WORDS = "wave stone quiet river seven amber north paper glass winter lamp cedar copper morning field silver".split()
random = numpy.random.Generator(numpy.random.PCG64(7))


def pick(count, below):
    return random.integers(0, below, count)


def names(pattern, numbers):
    return [pattern % number for number in numbers]


def sentences(count, least, most, words=WORDS):
    return [" ".join(words[word] for word in (pick(length, len(words)))) for length in random.integers(least, most, count)]


def vocabulary(count):
    letters = numpy.array(list("abcdefghijklmnopqrstuvwxyz"))
    return ["".join(letters[pick(length, 26)]) for length in random.integers(2, 12, count)]


def tokens(rows):
    lengths = random.integers(400, 801, rows)
    offsets = numpy.concatenate([[0], numpy.cumsum(lengths)]).astype(numpy.int32)
    codes = pyarrow.array(pick(int(offsets[-1]), 1024).astype(numpy.int32))
    return {
        "id": names("utterance-%09d", range(rows)),
        "text": sentences(rows, 6, 18),
        "speaker": names("speaker-%03d", pick(rows, 200)),
        "codes": pyarrow.ListArray.from_arrays(pyarrow.array(offsets), codes),
    }


def audio_of(sounds):
    return pyarrow.StructArray.from_arrays(
        [pyarrow.array(sounds, pyarrow.binary()), pyarrow.array(names("clip-%07d.flac", range(len(sounds))))], ["bytes", "path"]
    )


def audio(rows):
    """Sound that is compressed already looks like noise."""
    return {
        "audio": audio_of([random.bytes(length) for length in random.integers(80_000, 120_001, rows)]),
        "text": sentences(rows, 6, 18),
        "speaker": names("speaker-%d", pick(rows, 100)),
        "duration": random.integers(80_000, 120_001, rows) / 8000,
    }


def wav(rows):
    """PCM of 16 bits: a tone that comes and goes, and some noise."""
    sounds = []
    for length in random.integers(16_000, 48_000, rows):
        time = numpy.arange(length) / 16_000
        wave = numpy.sin(time * random.integers(600, 3000)) * numpy.sin(time * 9) * 6000 + random.normal(0, 120, length)
        sounds.append(b"RIFF" + bytes(40) + wave.astype("<i2").tobytes())
    return {"audio": audio_of(sounds), "text": sentences(rows, 6, 18)}


def narrow(rows):
    return {
        "id": numpy.arange(rows),
        "label": pick(rows, 10).astype(numpy.int32),
        "score": random.random(rows),
        "text": [f"{WORDS[word]}-{number}" for word, number in zip(pick(rows, 16), pick(rows, 100_000))],
    }


def text(rows):
    words = vocabulary(20_000)
    ranks = numpy.minimum(random.zipf(1.2, rows * 250) - 1, 19_999).reshape(rows, 250)
    return {
        "url": names("https://example.org/articles/2026/%07d.html", pick(rows, 10_000_000)),
        "text": [" ".join(words[rank] for rank in row[: 100 + row[0] % 150]) for row in ranks],
    }


def repeats(rows):
    """Texts that come again and again: a dictionary for large row groups."""
    texts = sentences(10_000, 8, 10)
    return {"prompt": [texts[number] for number in pick(rows, 10_000)], "score": pick(rows, 100) / 100}


def ordered(rows):
    """Sorted at the source: what runs and small steps make small there, a shuffle undoes."""
    return {
        "speaker": names("speaker-%05d", numpy.sort(pick(rows, 2000))),
        "label": numpy.sort(pick(rows, 50)).astype(numpy.int32),
        "when": pyarrow.array(1_700_000_000_000 + numpy.cumsum(pick(rows, 40)), pyarrow.timestamp("ms")),
        "flag": random.random(rows) < 0.5,
    }


ROWS = {"tokens": 20_000, "audio": 500, "wav": 500, "narrow": 1_000_000, "text": 20_000, "repeats": 2_000_000, "ordered": 2_000_000}


def write_pyarrow(table, path, **options):
    pyarrow.parquet.write_table(table, path, **options)


def write_datasets(table, path):
    from datasets import Dataset

    Dataset(table).to_parquet(path)


def write_duckdb(rows, path, codec="snappy"):
    import duckdb

    duckdb.sql(f"COPY (SELECT * FROM rows) TO '{path}' (FORMAT parquet, COMPRESSION {codec})")


def write_polars(table, path):
    import polars

    polars.from_arrow(table).write_parquet(path)


WRITERS = {
    "pyarrow": write_pyarrow,
    "pyarrow-zstd": lambda table, path: write_pyarrow(table, path, compression="zstd"),
    # As datasets 4.6 to 5.0.1 wrote nested lists (huggingface/datasets#8671).
    "plain": lambda table, path: write_pyarrow(table, path, compression="none", use_dictionary=False),
    "datasets": write_datasets,
    "duckdb": write_duckdb,
    "polars": write_polars,
}

if __name__ == "__main__":
    workload, writer, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    rows = int(ROWS[workload] * float(sys.argv[4] if len(sys.argv) > 4 else 1))
    table = pyarrow.table(globals()[workload](rows))
    folder.mkdir(parents=True)
    size = 0
    for shard in range(SHARDS):
        start, end = rows * shard // SHARDS, rows * (shard + 1) // SHARDS
        path = folder / f"{shard:05}.parquet"
        WRITERS[writer](table.slice(start, end - start), str(path))
        size += path.stat().st_size
    print(size)
