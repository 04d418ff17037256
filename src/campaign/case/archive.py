"""A case as a zip: files in the order of their names, no clock, so that the same case gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from campaign.case import MANIFEST

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def packed(files: Mapping[str, bytes]) -> bytes:
    """The zip's bytes, with a manifest of these files."""
    whole = {**files, MANIFEST: manifest(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(entry, whole[name], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def manifest(files: Mapping[str, bytes]) -> bytes:
    """A line a file, as `sha256sum -c` reads them."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def sha256(content: bytes) -> str:
    """In hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
