"""A case as a zip of which no byte is free: files as they are, in the order of their names, and no clock.

The contents of the files alone decide every byte. So the same case gives the same bytes everywhere, and a case is whole
if packing its files again gives it: there is no place for a comment, another time or an attribute. Nothing is squeezed,
since another zlib would squeeze otherwise, and since several squeezed forms unpack to the same.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from campaign.case import MANIFEST

DIRECTORY = "the archive's directory"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip's bytes, with a manifest of these files."""
    whole = {**files, MANIFEST: manifest(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(entry, whole[name])
    return out.getvalue()


def changed_part(content: bytes, files: Mapping[str, bytes]) -> str | None:
    """Where bytes of a zip are first not those of `packed`: `NAME` or `the archive's directory`; None where all are."""
    expected = packed(files)
    if content == expected:
        return None
    at = _first_difference(content, expected)
    with zipfile.ZipFile(io.BytesIO(expected)) as archive:
        begun = [entry.filename for entry in archive.infolist() if entry.header_offset <= at]
        return begun[-1] if at < archive.start_dir else DIRECTORY


def _first_difference(one: bytes, other: bytes) -> int:
    """The place of the first byte that differs; of two that differ."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def manifest(files: Mapping[str, bytes]) -> bytes:
    """A line a file, as `sha256sum -c` reads them."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def sha256(content: bytes) -> str:
    """In hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
