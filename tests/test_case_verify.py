"""`campaign case verify`: a case of which anything was changed, lost or added is refused, and the file is named."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from case_world import CaseWorld, Files
from command import refused, told

from campaign.case import MANIFEST, SCHEMA_VERSION
from campaign.case.archive import manifest, packed
from campaign.case.verify import TOLD, CaseError
from campaign.case.verify import verify as verified


@pytest.fixture(scope="module")
def group(case_world: CaseWorld) -> dict[str, Any]:
    return case_world.group


@pytest.fixture(scope="module")
def case(case_world: CaseWorld) -> Path:
    return case_world.path


@pytest.fixture(scope="module")
def files(case_world: CaseWorld) -> Files:
    return case_world.files


def test_a_whole_case_is_said_to_be_whole(case: Path, group: dict[str, Any], files: Files) -> None:
    said = told("case", "verify", case)
    assert f"{len(files)} files, none changed, lost or added" in said
    assert group["id"] in said
    as_json = json.loads(told("case", "verify", case, "--json"))
    assert (as_json["files"], as_json["case"]["group"]) == (len(files), group["id"])


@pytest.mark.parametrize("name", ["posts.jsonl", "act_on.csv", "report.html", "case.json", "queries/runs/show.cypher"])
def test_one_byte_changed_is_refused_with_the_file(name: str, files: Files, tmp_path: Path) -> None:
    changed = bytearray(files[name])
    changed[len(changed) // 2] ^= 1
    refused_case(tmp_path, {**files, name: bytes(changed)}, f"{name} was changed")


SMALL = {
    "case.json": json.dumps({"schema_version": SCHEMA_VERSION, **dict.fromkeys(TOLD, "")}).encode(),
    "posts.jsonl": b'{"id": "x:1"}\n',
    "queries/naïve.cypher": b"RETURN 1;\n",
}


def in_places(whole: bytes) -> list[str]:
    """For each byte of a case the file that it belongs to, or what the archive says of all of them."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        starts = [(entry.header_offset, entry.filename) for entry in archive.infolist()]
        ends = [at for at, _ in starts[1:]] + [archive.start_dir]
        places = [name for (at, name), end in zip(starts, ends, strict=True) for _ in range(at, end)]
    return places + ["the archive's directory"] * (len(whole) - len(places))


def test_every_byte_of_a_case_is_held_and_what_is_changed_is_named(tmp_path: Path) -> None:
    whole, path = packed(SMALL), tmp_path / "case.zip"
    path.write_bytes(whole)
    assert verified(path).files == 4
    places = in_places(whole)
    assert len(places) == len(whole)
    assert {*SMALL, MANIFEST, "the archive's directory"} == set(places)
    in_directory = {*SMALL, MANIFEST, "the archive's directory"}
    for at, place in enumerate(places):
        for changed in (whole[at] ^ 0x01, whole[at] ^ 0x80):
            path.write_bytes(whole[:at] + bytes([changed]) + whole[at + 1 :])
            with pytest.raises(CaseError) as refusal:
                verified(path)
            said = str(refusal.value)
            names = in_directory if place == "the archive's directory" else {place}
            assert "\n" not in said
            assert any(name in said for name in names), (at, place, changed, said)


def test_a_byte_more_or_less_anywhere_is_refused(tmp_path: Path) -> None:
    whole, path = packed(SMALL), tmp_path / "case.zip"
    for at in range(0, len(whole) + 1, 5):
        for other in (whole[:at] + b"\x00" + whole[at:], whole[:at] + whole[at + 1 :]):
            if other != whole:
                path.write_bytes(other)
                with pytest.raises(CaseError, match=r"case\.zip: "):
                    verified(path)


def test_a_zip_with_a_comment_another_time_or_squeezed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    whole = {**SMALL, MANIFEST: manifest(SMALL)}

    def made(time: int, packing: int, comment: bytes, order: list[str]) -> str:
        with zipfile.ZipFile(path, "w", packing) as archive:
            archive.comment = comment
            for name in order:
                entry = zipfile.ZipInfo(name, (time, 1, 1, 0, 0, 0))
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                archive.writestr(entry, whole[name], packing)
        try:
            return f"{verified(path).files} files"
        except CaseError as error:
            return str(error)

    names = sorted(whole)
    assert made(1980, zipfile.ZIP_STORED, b"", names) == "4 files"
    assert "archive's entry of MANIFEST was changed" in made(1981, zipfile.ZIP_STORED, b"", names)
    assert "archive's entry of MANIFEST was changed" in made(1980, zipfile.ZIP_DEFLATED, b"", names)
    assert "the archive's directory was changed" in made(1980, zipfile.ZIP_STORED, b"hello", names)
    assert "archive's entry of MANIFEST was changed" in made(1980, zipfile.ZIP_STORED, b"", names[::-1])


def test_what_a_case_is_as_a_zip_byte_by_byte() -> None:
    """By the layout of the format (APPNOTE 4.3), without zipfile: so that another Python reads and writes the same."""
    entries, directory, date = b"", b"", 1 << 5 | 1  # 1 January 1980
    files = {**SMALL, MANIFEST: manifest(SMALL)}
    for name in sorted(files):
        raw, content = name.encode(), files[name]
        flags = 0 if name.isascii() else 0x800
        same = struct.pack(
            "<HHHHHIIIHH", 20, flags, 0, 0, date, zlib.crc32(content), len(content), len(content), len(raw), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<BB", 20, 3) + same
        directory += struct.pack("<HHHII", 0, 0, 0, 0o644 << 16, len(entries)) + raw
        entries += b"PK\x03\x04" + same + raw + content
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(entries), 0)
    assert packed(SMALL) == entries + directory + b"PK\x05\x06" + end


def test_a_file_lost_or_added_is_refused(files: Files, tmp_path: Path) -> None:
    refused_case(tmp_path, {n: c for n, c in files.items() if n != "meetings.csv"}, "meetings.csv is missing")
    refused_case(tmp_path, {**files, "more.csv": b"x"}, "more.csv is not in the manifest")
    refused_case(tmp_path, {n: c for n, c in files.items() if n != MANIFEST}, f"has no {MANIFEST}")
    refused_case(tmp_path, {**files, MANIFEST: b"x\n" + files[MANIFEST]}, f"line 1 of {MANIFEST} was changed")


def refused_case(
    folder: Path, files: Files, line: str, change: Callable[[zipfile.ZipInfo], None] | None = None
) -> None:
    """A zip of these files, and no other manifest than is among them, is refused with this line."""
    path = folder / "other.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            if change:
                change(entry)
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    done = refused("case", "verify", path)
    assert (done.code, line in done.err) == (1, True), done.err


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "C:evil", "a//b", "..\\evil"])
def test_names_that_lead_out_are_refused(name: str, files: Files, tmp_path: Path) -> None:
    with_it = {n: c for n, c in files.items() if n != MANIFEST} | {name: b"x"}
    refused_case(tmp_path, with_it | {MANIFEST: manifest(with_it)}, "leads out of the case")


def test_links_and_doubles_are_refused(files: Files, tmp_path: Path) -> None:
    def link(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, 0o120777 << 16

    refused_case(tmp_path, files, "is a link", link)
    path = tmp_path / "double.zip"
    path.write_bytes(packed({"case.json": b"{}"}))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("case.json", b"{}")
    assert "case.json is there 2 times" in refused("case", "verify", path).err


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ({"schema_version": 3}, "a newer schema (3; this campaign reads 2)"),
        ({"schema_version": 1}, "another schema (1; this campaign reads 2)"),
        ({"schema_version": 2}, "does not say claim"),
        ([], "no description of a case"),
    ],
)
def test_another_schema_is_refused(about: object, line: str, files: Files, tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(packed({"case.json": json.dumps(about).encode()}))
    assert line in refused("case", "verify", path).err


def test_a_description_that_is_too_deep_is_none(tmp_path: Path) -> None:
    path = tmp_path / "deep.zip"
    path.write_bytes(packed({"case.json": b"[" * 200_000}))
    assert "no description of a case" in refused("case", "verify", path).err


def test_a_device_or_a_pipe_is_no_case(tmp_path: Path) -> None:
    """A device may never end, and a pipe that nobody writes to never begins."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        done = refused("case", "verify", path)
        assert (done.code, f"{path} is no file but a device or a pipe" in done.err) == (1, True)


def test_what_is_cut_off_or_no_zip_is_refused(case: Path, tmp_path: Path) -> None:
    whole = case.read_bytes()
    path = tmp_path / "case.zip"
    for content in (whole[: len(whole) // 2], whole[:-1], b"", b"no zip", b"\x00" * 9 + whole[9:]):
        path.write_bytes(content)
        assert "case.zip" in refused("case", "verify", path).err
    damaged = bytearray(whole)
    damaged[2000] ^= 0xFF
    path.write_bytes(bytes(damaged))
    assert "damaged" in refused("case", "verify", path).err
    assert "cannot be read" in refused("case", "verify", tmp_path / "nothing.zip").err
    assert "cannot be read" in refused("case", "verify", tmp_path).err
