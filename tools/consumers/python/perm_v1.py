"""perm-v1 once more, from docs/reference/permutation.md and nothing else, so that it can contradict Riffle."""

import hashlib
import math

MASK = 0xFFFFFFFF


def murmur3(value, seed):
    """Murmur3_x86_32 of the four little-endian bytes of an int32, as Spark's `hash` computes it. Unsigned."""
    k = (value & MASK) * 0xCC9E2D51 & MASK
    k = (k << 15 | k >> 17) & MASK
    k = k * 0x1B873593 & MASK
    h = (seed & MASK) ^ k
    h = (h << 13 | h >> 19) & MASK
    h = (h * 5 + 0xE6546B64) & MASK
    h ^= 4
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def positions(rows, seed):
    """The position of each row 0 … rows-1."""
    rounds = 16 if rows < 1_048_576 else 8
    digests = [hashlib.sha256(f"perm-v1|{seed}|{i}".encode()).digest() for i in range(rounds)]
    keys = [int.from_bytes(digest[:4], "big") for digest in digests]
    a = math.isqrt(rows - 1) + 1
    b = -(-rows // a)

    def reduced(value, i, modulus):
        return murmur3(value, murmur3(keys[i], 42)) * modulus >> 32

    def once(x):
        left, right = divmod(x, b)
        for i in range(rounds):
            if i % 2 == 0:
                left = (left + reduced(right, i, a)) % a
            else:
                right = (right + reduced(left, i, b)) % b
        return left * b + right

    def position(row):
        x = once(row)
        while x >= rows:
            x = once(x)
        return x

    return [position(row) for row in range(rows)]
