"""The row fingerprint a second time, from its written specification alone.

    pip install mmh3
    python3 docs/reference/fingerprint.py            # checks the vectors of fingerprint.md
    python3 docs/reference/fingerprint.py --print    # prints them anew, for the page
"""

import json
import pathlib
import re
import struct
import sys

import mmh3

PAGE = pathlib.Path(__file__).with_name("fingerprint.md")
INTEGER = re.compile(r"(u?)int(8|16|32|64)$")
FLOAT_BYTES = {"float16": 2, "float32": 4, "float64": 8}
OTHER_BYTES = {"date32": 4, "time32": 4, "date64": 8, "time64": 8, "timestamp": 8, "duration": 8, "decimal128": 16, "decimal256": 32}


def padded(data):
    return data + bytes(-len(data) % 4)


def bitmap(present):
    number = sum(1 << index for index, is_present in enumerate(present) if is_present)
    return number.to_bytes((len(present) + 31) // 32 * 4, "little")


def members(types, values):
    present = [value is not None for value in values]
    return bitmap(present) + b"".join(encode(type_, value) for type_, value in zip(types, values) if value is not None)


def encode(type_, value):
    name, *details = type_ if isinstance(type_, list) else [type_]
    if name == "bool":
        return struct.pack("<I", value)
    if match := INTEGER.match(name):
        unsigned, width = match[1], max(4, int(match[2]) // 8)
        return int(value).to_bytes(width, "little", signed=not unsigned)
    if name in FLOAT_BYTES:
        return padded(bytes.fromhex(value)[::-1])
    if name in OTHER_BYTES:
        return int(value).to_bytes(OTHER_BYTES[name], "little", signed=True)
    if name in ("utf8", "binary", "fixed_size_binary"):
        data = value.encode() if name == "utf8" else bytes.fromhex(value.removeprefix("hex:"))
        return struct.pack("<I", len(data)) + padded(data)
    if name in ("list", "fixed_size_list"):
        return struct.pack("<I", len(value)) + members(details[-1:] * len(value), value)
    if name == "map":
        return struct.pack("<I", len(value)) + bitmap([True] * len(value)) + b"".join(members(details, entry) for entry in value)
    if name == "struct":
        return members(details[0].values(), [value[key] for key in details[0]])
    if name == "dictionary":
        return encode(details[0], value)
    raise ValueError(f"no such type: {name}")


def computed(vector):
    data = encode(["struct", vector["columns"]], vector["row"])
    words = " ".join(f"{word:08x}" for (word,) in struct.iter_unpack("<I", data))
    return {**vector, "words": words, "fingerprint": f"{mmh3.hash128(data, 0, False):032x}"}


def main():
    vectors = json.loads(re.search(r"```json\n(.*?)```", PAGE.read_text(), re.S)[1])
    results = [computed(vector) for vector in vectors]
    total = sum(int(result["fingerprint"], 16) for result in results) % 2**128
    if "--print" in sys.argv:
        print("[\n" + ",\n".join(json.dumps(result, ensure_ascii=False) for result in results) + "\n]")
        print(f"{total:032x}")
        return
    wrong = [index for index, (vector, result) in enumerate(zip(vectors, results)) if vector != result]
    if wrong or f"`{total:032x}`" not in PAGE.read_text():
        sys.exit(f"Vectors {wrong} or the sum {total:032x} differ from the page.")
    print(f"{len(vectors)} vectors and their sum agree with the page.")


main()
