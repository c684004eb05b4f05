"""Polars shuffles the same rows into even shards: everything read, sampled as a whole, written in slices.

    polars_job.py GLOB OUTPUT SHARDS SEED

Threads as POLARS_MAX_THREADS says.
"""

import sys
from pathlib import Path

import polars


def main(pattern, output, shards, seed):
    Path(output).mkdir()
    count = int(shards)
    frame = polars.scan_parquet(pattern, hive_partitioning=False).collect()
    # The unshuffled rows are given up as soon as the shuffled ones are there.
    frame = frame.sample(fraction=1, shuffle=True, seed=int(seed))
    for index in range(count):
        start, end = (frame.height * edge // count for edge in (index, index + 1))
        frame.slice(start, end - start).write_parquet(f"{output}/{index:05}.parquet", compression="snappy")


if __name__ == "__main__":
    main(*sys.argv[1:])
