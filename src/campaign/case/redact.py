"""Pseudonyms for everybody outside a group, the same for the same account, post or text throughout a case.

They are numbers in the order of first meeting them, not hashes: who has a list of all handles could undo a hash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from campaign_analysis.results import Member

from campaign.case.known import LETTER, WORD, Known, Span, alike, between_signs

SHORTEST = 4  # letters of a handle from which a bare word in a text is taken for it
HOSTS = (
    "twitter.com", "x.com", "t.me", "facebook.com", "instagram.com", "threads.net", "tiktok.com", "youtube.com",
    "bsky.app", "vk.com", "reddit.com", "linkedin.com", "truthsocial.com", "gab.com",
)  # fmt: skip
_HOST = "|".join(re.escape(host) for host in HOSTS)
_MENTION = rf"[@＠](?P<mention>{WORD}(?:[.\-]{WORD})*)"
_PIECES = re.compile(
    rf"(?P<page>(?:https?://)?(?:[\w-]+\.)*(?:{_HOST})/)(?P<path>[^\s\"'<>]*)"
    rf"|(?P<tag>[#＃]{LETTER}+)|{_MENTION}|(?P<word>{WORD})",
    re.IGNORECASE,
)
_MENTIONS = re.compile(_MENTION)
_PASSED_ON = re.compile(rf"\bRT[\s:]*{_MENTION}", re.IGNORECASE)
_Change = tuple[int, int, Callable[[str], str]]  # from where to where of a text, and what its words become


class Redactor:
    """Knows who is inside: the members, and the posts that are theirs.

    `everybody` has (id, handle, name) of all accounts; handles and display names of two words or more are replaced in
    texts too.
    """

    def __init__(
        self,
        members: Iterable[Member],
        handles: Iterable[str],
        everybody: Iterable[tuple[str, str | None, str | None]],
        posts: Collection[str],
    ) -> None:
        self._ids = {m.id for m in members}
        self._own = {alike(handle) for handle in handles}
        self._posts = set(posts)
        self._numbers: dict[str, dict[str, int]] = {"outsider": {}, "outside-post": {}, "outside text": {}}
        accounts = sorted(everybody, key=lambda account: account[0] not in self._ids)  # whose own name counts first
        outside = [(id, handle, name) for id, handle, name in accounts if id not in self._ids]
        self._outside = {id for id, _, _ in outside}
        named = [(alike(handle), id) for id, handle, _ in outside if handle and alike(handle) not in self._own]
        self._by_handle = _first_of([*named, *((between_signs(handle), id) for handle, id in named)])
        self._known = Known((id, handle, None if id in self._ids else name) for id, handle, name in accounts)

    def account(self, id: str) -> str:
        """A member's id as it is, anybody else's pseudonym."""
        return id if id in self._ids else self._number("outsider", id)

    def handle(self, handle: str) -> str:
        """A member's handle as it is, anybody else's pseudonym; that of the account where it is known."""
        bare = alike(handle)
        if bare in self._own:
            return handle
        return self._number("outsider", self._by_handle.get(bare, f"@{bare}"))

    def post(self, id: str) -> str:
        """A post of the group as it is, another's pseudonym."""
        return id if id in self._posts else self._number("outside-post", id)

    def foreign(self, text: str) -> str:
        """In place of words that somebody outside wrote."""
        return f"[{self._number('outside text', text)}]"

    def text(self, text: str) -> str:
        """A member's words without the ids, handles and names of others; hashtags stay.

        From where they pass on what somebody outside wrote (`RT @…`) none of them.
        """
        spans = [*self._known.ids(text), *self._known.phrases(text)]
        own = {span.start for span in spans if span.id in self._ids}
        passed = (m for m in _PASSED_ON.finditer(text) if m.start("mention") not in own)
        first = next((m.start() for m in passed if alike(m["mention"]) not in self._own), None)
        if first is not None:
            return self.text(text[:first]) + self.foreign(text[first:])
        return _changed(text, [*map(self._told, spans), *map(self._piece, _PIECES.finditer(text))])

    def labels(self, text: str) -> str:
        """Our own words without the mentions and account ids of others in them; other words stay."""
        if text in self._ids or text in self._outside:
            return self.account(text)
        named = [span for span in self._known.phrases(text) if text[: span.start].endswith(("@", "＠"))]
        mentions = ((*m.span("mention"), self.handle) for m in _MENTIONS.finditer(text))
        return _changed(text, [*map(self._told, self._known.ids(text)), *map(self._told, named), *mentions])

    def _told(self, span: Span) -> _Change:
        """An account in a text: of the group as it is, any other's pseudonym."""
        return span.start, span.end, partial(self._called, span.id)

    def _called(self, id: str, said: str) -> str:
        return said if id in self._ids else self.account(id)

    def _piece(self, match: re.Match[str]) -> _Change:
        kind = match.lastgroup or ""
        of_kind: Mapping[str, Callable[[str], str]]
        of_kind = {"path": self._path, "tag": str, "mention": self.handle, "word": self._word}
        return match.start(kind), match.end(kind), of_kind[kind]

    def _path(self, path: str) -> str:
        """Of an address on a platform: a member's own page stays, anybody else's is gone."""
        first = re.split(r"[/?#]", path)[0].removeprefix("@")
        return path if alike(first) in self._own else "[outside]" if path else ""

    def _word(self, word: str) -> str:
        return self.handle(word) if len(word) >= SHORTEST and alike(word) in self._by_handle else word

    def _number(self, kind: str, key: str) -> str:
        numbers = self._numbers[kind]
        return f"{kind}{' ' if ' ' in kind else '-'}{numbers.setdefault(key, len(numbers) + 1)}"


def _changed(text: str, changes: Iterable[_Change]) -> str:
    """The text with what was found changed; of what overlaps, what begins first, and of that the longest."""
    parts, at = [], 0
    for start, end, change in sorted(changes, key=lambda found: (found[0], -found[1])):
        if start >= at:
            parts += [text[at:start], change(text[start:end])]
            at = end
    return "".join([*parts, text[at:]])


def _first_of(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By name the id of the first that has it."""
    found: dict[str, str] = {}
    for name, id in named:
        found.setdefault(name, id)
    return found


def mapped(value: object, change: Mapping[str, object], redactor: Redactor, key: str = "") -> object:
    """JSON with every string redacted: by `change[key]` where the key has a rule of its own, else as our own words."""
    if isinstance(value, dict):
        return {name: mapped(entry, change, redactor, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [mapped(entry, change, redactor, key) for entry in value]
    if isinstance(value, str):
        rule = change.get(key, redactor.labels)
        return rule(value) if callable(rule) else value
    return value
