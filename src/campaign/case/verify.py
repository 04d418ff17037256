"""Whether a case is as it was made: every file there, none changed, none added."""

from __future__ import annotations

import io
import json
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaign.case import ABOUT, MANIFEST, SCHEMA_VERSION
from campaign.case.archive import DIRECTORY, changed_part, sha256
from campaign.reporting.markup import one_line

LARGEST = 8 * 2**30  # bytes of the file, and of what is in it: a case is far smaller, a bomb is not
TOLD = ("claim", "group", "accounts", "core", "posts", "posts_deleted_since", "redacted", "made_by")  # is printed
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class CaseError(Exception):
    """A file that is no whole case; the message is one line and says which file of it is wrong."""

    exit_code = 1


@dataclass(frozen=True)
class Verified:
    """A whole case: what it is about, how many files it has, and the fingerprint to compare by another way."""

    about: dict[str, Any]
    files: int
    fingerprint: str


def verify(path: Path) -> Verified:
    """Check every byte of a case. Raises CaseError, saying what is wrong with which file. Nothing goes to the disk.

    The files are held against the manifest, and then the zip itself against what packing them gives.
    """
    whole = _read(path)
    contents = _contents(path, whole)
    if MANIFEST not in contents:
        raise CaseError(f"{path} is no case: it has no {MANIFEST}")
    listed = _listed(path, contents[MANIFEST])
    for name in sorted(listed.keys() - contents.keys()):
        raise CaseError(f"{path}: {one_line(name)} is missing; the case is not whole")
    for name in sorted(contents.keys() - listed.keys() - {MANIFEST}):
        raise CaseError(f"{path}: {one_line(name)} is not in the manifest; it was added")
    for name, digest in listed.items():
        if sha256(contents[name]) != digest:
            raise CaseError(f"{path}: {one_line(name)} was changed: its sha256 is not that of the manifest")
    about = _about(path, contents)
    part = changed_part(whole, {name: content for name, content in contents.items() if name != MANIFEST})
    if part is not None:
        where = part if part == DIRECTORY else f"the archive's entry of {one_line(part)}"
        raise CaseError(f"{path}: {where} was changed: the contents are as they were, the zip around them is not")
    return Verified(about, len(contents), sha256(contents[MANIFEST]))


def _read(path: Path) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            raise CaseError(f"{path} is no file but a device or a pipe: write the case into a file, and verify that")
        if about.st_size > LARGEST:
            raise CaseError(f"{path} is larger than {LARGEST >> 30} GiB: that is no case")
        return path.read_bytes()
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror or error}") from error


def _contents(path: Path, whole: bytes) -> dict[str, bytes]:
    name = ""
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            entries = archive.infolist()
            _check_names(path, entries)
            contents = {}
            for entry in entries:
                name = entry.filename
                contents[name] = archive.read(entry)
            return contents
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error) as error:
        file = f"{one_line(name)} or its line in {DIRECTORY} is damaged"
        where = file if name else f"{DIRECTORY} is damaged, or it is cut off, or no zip"
        raise CaseError(f"{path}: {where} ({one_line(str(error))})") from error


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Names that lead out of a folder, links, doubles and bombs are refused before anything is read."""
    if sum(entry.file_size for entry in entries) > LARGEST:
        raise CaseError(f"{path} would unpack to more than {LARGEST >> 30} GiB: that is no case")
    for entry in entries:
        parts = re.split(r"[/\\]", entry.filename)
        if "" in parts or ".." in parts or "." in parts or ":" in entry.filename or "\\" in entry.filename:
            name = f"{one_line(entry.filename)!r} in {DIRECTORY}"
            raise CaseError(f"{path}: the name {name} leads out of the case; do not unpack it")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise CaseError(f"{path}: {one_line(entry.filename)} is a link; do not unpack it")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise CaseError(f"{path}: {one_line(entry.filename)} is packed in a way that no case is; it was changed")
    for name, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            raise CaseError(f"{path}: {one_line(name)} is there {times} times")


def _listed(path: Path, manifest: bytes) -> dict[str, str]:
    """The manifest's files, each with its sha256."""
    listed: dict[str, str] = {}
    for number, line in enumerate(manifest.decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if not match or match[2] in listed:
            raise CaseError(f"{path}: line {number} of {MANIFEST} was changed")
        listed[match[2]] = match[1]
    return listed


def _about(path: Path, contents: dict[str, bytes]) -> dict[str, Any]:
    try:
        about = json.loads(contents[ABOUT])
        schema = about["schema_version"]
        missing = [name for name in TOLD if name not in about] if schema == SCHEMA_VERSION else []
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise CaseError(f"{path}: {ABOUT} is no description of a case") from error
    if schema != SCHEMA_VERSION:
        age = "a newer" if isinstance(schema, int) and schema > SCHEMA_VERSION else "another"
        raise CaseError(
            f"{path}: no file was changed, but it is of {age} schema ({one_line(str(schema))}; this campaign reads "
            f"{SCHEMA_VERSION}): use the campaign that made it"
        )
    if missing:
        raise CaseError(f"{path}: {ABOUT} does not say {', '.join(missing)}")
    found: dict[str, Any] = about
    return found
