"""Pseudonyms for everybody outside a group, the same for the same account, post or text throughout a case.

They are numbers in the order of first meeting them, not hashes: who has a list of all handles could undo a hash.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from campaign_analysis.results import Member

SHORTEST = 4  # letters of a handle from which a bare word in a text is taken for it
HOSTS = (
    "twitter.com", "x.com", "t.me", "facebook.com", "instagram.com", "threads.net", "tiktok.com", "youtube.com",
    "bsky.app", "vk.com", "reddit.com", "linkedin.com", "truthsocial.com", "gab.com",
)  # fmt: skip
_HOST = "|".join(re.escape(host) for host in HOSTS)
_PIECES = re.compile(
    rf"(?P<page>(?:https?://)?(?:[\w-]+\.)*(?:{_HOST})/)(?P<path>[^\s\"'<>]*)"
    r"|(?P<tag>[#＃]\w+)"
    r"|(?P<key>\b[a-z]\w*:[@\w](?:[\w@:.\-]*\w)?)"
    r"|[@＠](?P<mention>\w+(?:[.\-]\w+)*)"
    r"|(?P<word>\w+(?:[.\-]\w+)*)",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(r"\bRT[\s:]*[@＠](\w+(?:[.\-]\w+)*)", re.IGNORECASE)


class Redactor:
    """Knows who is inside: the members, and the posts that are theirs.

    `everybody` has (id, handle, name) of all accounts; a display name of two words or more is replaced in texts too.
    """

    def __init__(
        self,
        members: Iterable[Member],
        handles: Iterable[str],
        everybody: Iterable[tuple[str, str | None, str | None]],
        posts: Collection[str],
    ) -> None:
        self._ids = {m.id for m in members}
        self._own = {handle.casefold() for handle in handles}
        self._posts = set(posts)
        self._numbers: dict[str, dict[str, int]] = {"outsider": {}, "outside-post": {}, "outside text": {}}
        self._by_handle: dict[str, str] = {}
        self._outside: set[str] = set()
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for id, handle, name in everybody:
            if id not in self._ids:
                self._outside.add(id)
                if handle and handle.casefold() not in self._own:
                    self._by_handle.setdefault(handle.casefold(), id)
                if len(words := tuple(re.findall(r"\w+", (name or "").casefold()))) > 1:
                    self._names.setdefault(words[0], []).append((words, id))

    def account(self, id: str) -> str:
        """A member's id as it is, anybody else's pseudonym."""
        return id if id in self._ids else self._number("outsider", id)

    def handle(self, handle: str) -> str:
        """A member's handle as it is, anybody else's pseudonym; that of the account where it is known."""
        bare = handle.casefold()
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
        """A member's words without the handles and names of others; hashtags stay.

        From where they pass on what somebody outside wrote (`RT @…`) none of them.
        """
        passed = next((m for m in _PASSED_ON.finditer(text) if m[1].casefold() not in self._own), None)
        if passed:
            return self.text(text[: passed.start()]) + self.foreign(text[passed.start() :])
        return "".join(id or _PIECES.sub(self._piece, words) for words, id in self._parted_by_names(text))

    def labels(self, text: str) -> str:
        """Our own words without the mentions and account ids of others in them; other words stay."""
        return _PIECES.sub(lambda m: self._piece(m) if m["mention"] or m["key"] in self._outside else m[0], text)

    def _piece(self, match: re.Match[str]) -> str:
        if match["page"]:
            return match["page"] + self._path(match["path"])
        if match["tag"]:
            return match[0]
        if match["mention"]:
            return match[0][0] + self.handle(match["mention"])
        if match["key"]:
            key = match["key"]
            if key in self._outside:
                return self.account(key)
            return ":".join(self._word(part) for part in key.split(":"))
        return self._word(match["word"])

    def _path(self, path: str) -> str:
        """Of an address on a platform: a member's own page stays, anybody else's is gone."""
        first = re.split(r"[/?#]", path)[0].removeprefix("@")
        return path if first.casefold() in self._own else "[outside]" if path else ""

    def _word(self, word: str) -> str:
        if self._is_handle(word):
            return self.handle(word)
        return re.sub(r"\w+", lambda m: self.handle(m[0]) if self._is_handle(m[0]) else m[0], word)

    def _is_handle(self, word: str) -> bool:
        return len(word) >= SHORTEST and word.casefold() in self._by_handle

    def _parted_by_names(self, text: str) -> Iterator[tuple[str, str]]:
        """The text in parts: words, or the pseudonym of a display name of two words or more, the longest first."""
        found = list(re.finditer(r"\w+", text))
        spoken = [match[0].casefold() for match in found]
        end, at = 0, 0
        while at < len(found):
            named = [n for n in self._names.get(spoken[at], ()) if tuple(spoken[at : at + len(n[0])]) == n[0]]
            words, id = max(named, key=lambda n: (len(n[0]), n[1]), default=((), ""))
            if words:
                yield text[end : found[at].start()], ""
                yield "", self.account(id)
                end = found[at + len(words) - 1].end()
            at += len(words) or 1
        yield text[end:], ""

    def _number(self, kind: str, key: str) -> str:
        numbers = self._numbers[kind]
        return f"{kind}{' ' if ' ' in kind else '-'}{numbers.setdefault(key, len(numbers) + 1)}"


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
