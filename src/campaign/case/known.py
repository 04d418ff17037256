"""Where in a text accounts are named: by id, by a handle or by a display name of two words or more."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from campaign_loader.texts import JOINERS, fold

# Python's \w has no vowel signs and accents of their own, without which most words of India are torn apart.
_MARKS = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char)[0] == "M")
LETTER = rf"[\w{_MARKS}{JOINERS}]"
WORD = rf"\w{LETTER}*"
_WORDS = re.compile(WORD)
_LETTER = re.compile(LETTER)
_NO_JOINERS = str.maketrans("", "", JOINERS)


class Span(NamedTuple):
    """A part of a text, and the account that it names."""

    start: int
    end: int
    id: str


class _Phrase(NamedTuple):
    """Words that name an account; a handle has its own signs between them, of a name the words alone count."""

    handle: str | None
    id: str


@lru_cache(2**16)
def alike(text: str) -> str:
    """Folded, with single blanks and nothing unseen between letters: one form of all that reads alike."""
    folded = text.lower() if text.isascii() else fold(text.translate(_NO_JOINERS))  # the same, and far sooner
    return " ".join(folded.split())


def between_signs(handle: str) -> str:
    """A handle from its first word to its last, as `alike` has it, since a sentence has signs of its own around it."""
    if _WORDS.fullmatch(handle):
        return alike(handle)
    found = list(_WORDS.finditer(handle))
    return alike(handle[found[0].start() : found[-1].end()]) if found else ""


class Known:
    """Accounts by what they are called: (id, handle, display name). Of several called alike the first counts."""

    def __init__(self, accounts: Iterable[tuple[str, str | None, str | None]]) -> None:
        self._ids: set[str] = set()
        self._phrases: dict[tuple[str, ...], list[_Phrase]] = {}
        for id, handle, name in accounts:
            self._ids.add(id)
            for called, exactly in ((handle or "", True), (name or "", False)):
                words = _WORDS.findall(called)
                if len(words) > 1:
                    phrase = _Phrase(between_signs(called) if exactly else None, id)
                    self._phrases.setdefault(tuple(map(alike, words)), []).append(phrase)
        self._lengths = _sizes((id.partition(":")[0], len(id)) for id in self._ids)
        self._counts = _sizes((words[0], len(words)) for words in self._phrases)
        platforms = "|".join(re.escape(platform) for platform in sorted(self._lengths, key=len, reverse=True))
        self._platform = re.compile(rf"(?<!{LETTER})(?:{platforms}):")

    def ids(self, text: str) -> Iterator[Span]:
        """Ids of accounts with their platform, at each place the longest."""
        for match in self._platform.finditer(text):
            for length in self._lengths.get(match[0][:-1], ()):
                start, end = match.start(), match.start() + length
                if text[start:end] in self._ids and not _goes_on(text, end):
                    yield Span(start, end, text[start:end])
                    break

    def phrases(self, text: str) -> Iterator[Span]:
        """Handles and display names of two words or more, at each place the longest."""
        found = list(_WORDS.finditer(text))
        words = [alike(match[0]) for match in found]
        for at, match in enumerate(found):
            for count in self._counts.get(words[at], ()):
                spoken = tuple(words[at : at + count])
                end = found[at + len(spoken) - 1].end()
                phrase = _meant(self._phrases.get(spoken, ()), text[match.start() : end])
                if phrase:
                    yield Span(match.start(), end, phrase.id)
                    break


def _meant(called: Sequence[_Phrase], said: str) -> _Phrase | None:
    """Whose handle was said, else whose name."""
    exact = (phrase for phrase in called if phrase.handle == alike(said))
    return next(exact, next((phrase for phrase in called if phrase.handle is None), None))


def _goes_on(text: str, end: int) -> bool:
    """Whether a word goes on at this place."""
    return bool(_LETTER.match(text[end - 1]) and _LETTER.match(text, end))


def _sizes(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The sizes that there are under each name, the largest first."""
    ordered = sorted(set(pairs), reverse=True)
    return {name: [size for _, size in sizes] for name, sizes in groupby(ordered, lambda pair: pair[0])}
