"""What the scripts about WebDataset share."""

import hashlib


def sound(row: int) -> bytes:
    """Bytes of any kind, of lengths that need padding and of none."""
    return b"RIFF" + hashlib.sha512(str(row).encode()).digest() * (row % 50)
