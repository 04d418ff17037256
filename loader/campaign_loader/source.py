"""One input, opened: a file or stdin, unpacked (gzip, zstd) and turned into UTF-8 on the way, in bounded memory."""

from __future__ import annotations

import codecs
import hashlib
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from campaign_loader.errors import AskedError, LoadError

PIECE = 1 << 20
GZIP, ZSTD, PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class Source:
    """Bytes of one input. `damage` says after reading why it broke off, and what to do; what came before it is good."""

    def __init__(self, name: str, file: BinaryIO, path: Path | None, encoding: str | None = None) -> None:
        self.name = name
        self.path = path
        self.size = path.stat().st_size if path else None
        self.done = 0
        self.damage: str | None = None
        self._file = file
        self._spool: Path | None = None
        self._streamed = hashlib.sha256() if path is None or not path.is_file() else None
        self._taken = 0
        self._first = self._read()
        self._encoding = encoding
        self._packing = {GZIP: "gzip", ZSTD: "zstd"}.get(self._first[:2]) or (
            "zstd" if self._first.startswith(ZSTD) else None
        )
        self._pieces = self._decoded(encoding)
        self._ahead = b""

    def streamed(self) -> tuple[str, int] | None:
        """sha256 and number of the bytes of a stream, all of which are read for it; None of a file."""
        if self._streamed is None:
            return None
        while self._read():
            pass
        return self._streamed.hexdigest(), self._taken

    @property
    def packed(self) -> bool:
        """True where the input is compressed."""
        return self._packing is not None

    def peek(self, size: int) -> bytes:
        """The first bytes, unpacked, without using them up; at least `size` of them unless the input is shorter."""
        while len(self._ahead) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._ahead += piece
        return self._ahead

    def pieces(self) -> Iterator[bytes]:
        """The rest of the input, unpacked, in pieces of no fixed size."""
        if self._ahead:
            piece, self._ahead = self._ahead, b""
            yield piece
        yield from self._pieces

    def blocks(self, size: int) -> Iterator[bytes]:
        """The rest of the input in blocks of about `size` bytes."""
        parts: list[bytes] = []
        held = 0
        for piece in self.pieces():
            for start in range(0, len(piece), size):
                part = piece[start : start + size]
                parts.append(part)
                held += len(part)
                if held >= size:
                    yield b"".join(parts)
                    parts, held = [], 0
        if held:
            yield b"".join(parts)

    def file_path(self) -> Path:
        """A path to the unpacked bytes, for formats that must jump about; a temporary copy where need be."""
        if self.path and not self.packed:
            return self.path
        if self._spool is None:
            with tempfile.NamedTemporaryFile(prefix="campaign-", delete=False) as copy:
                self._spool = Path(copy.name)
                for piece in self.pieces():
                    copy.write(piece)
        return self._spool

    def again(self) -> Source:
        """The input from its beginning, once more; a stream is copied, and what is left of it comes from the copy."""
        if self.path:
            return open_source(self.name, self._encoding)
        path = self.file_path()
        self._ahead, self._pieces = b"", _read(path)
        return Source(self.name, path.open("rb"), path)

    def close(self) -> None:
        """Give the file back; remove the temporary copy."""
        if self.path:
            self._file.close()
        if self._spool:
            self._spool.unlink(missing_ok=True)

    def _read(self) -> bytes:
        piece = self._file.read(PIECE)
        self._taken += len(piece)
        if self._streamed:
            self._streamed.update(piece)
        return piece

    def _raw(self) -> Iterator[bytes]:
        piece = self._first
        while piece:
            self.done += len(piece)
            yield piece
            piece = self._read()

    def _unpacked(self) -> Iterator[bytes]:
        if self._packing is None:
            yield from self._raw()
            return
        unpacker = self._unpacker()
        try:
            for piece in self._raw():
                data = piece
                while data:
                    if unpacker.eof:  # another member follows the one that ended
                        unpacker = self._unpacker()
                    if out := unpacker.decompress(data):
                        yield out
                    data = unpacker.unused_data if unpacker.eof else b""
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = f"the {self._packing} data is damaged ({error}): fetch the file again"
            return
        if not unpacker.eof:
            self.damage = f"the {self._packing} data is cut off: fetch the file again"

    def _unpacker(self) -> _Unpacker:
        return zlib.decompressobj(wbits=31) if self._packing == "gzip" else zstandard.ZstdDecompressor().decompressobj()

    def _decoded(self, encoding: str | None) -> Iterator[bytes]:
        pieces = self._unpacked()
        first = next(pieces, b"")
        marked = next((name for mark, name in BOMS.items() if first.startswith(mark)), None)
        if marked == "utf-8-sig":
            first, marked = first[len(codecs.BOM_UTF8) :], None
        chosen = encoding or marked
        if chosen is None or codecs.lookup(chosen).name == "utf-8" or first.startswith(PARQUET):
            yield first
            yield from pieces
            return
        decoder = codecs.getincrementaldecoder(chosen)()
        try:
            yield decoder.decode(first).encode()
            for piece in pieces:
                yield decoder.decode(piece).encode()
            yield decoder.decode(b"", final=True).encode()
        except UnicodeError as error:
            self.damage = f"is not in {chosen} ({error}): name its encoding with --encoding"


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def open_source(name: str, encoding: str | None = None) -> Source:
    """Open a path, or stdin for `-`. Raises LoadError where there is nothing to read."""
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise AskedError(f"--encoding {encoding}: no such encoding; try utf-8, utf-16, cp1252, latin-1") from error
    if name == "-":
        return Source("stdin", sys.stdin.buffer, None, encoding)
    path = Path(name)
    if path.is_fifo():  # it is looked at before it is read, which a pipe gives once
        raise LoadError(f"{name}: is a pipe; load it as stdin: campaign load - < PIPE")
    try:
        return Source(name, path.open("rb"), path, encoding)
    except FileNotFoundError:
        raise LoadError(f"{name}: no such file or folder; check the path") from None
    except OSError as error:
        raise LoadError(f"{name}: cannot be read ({error.strerror}); check its permissions") from error
