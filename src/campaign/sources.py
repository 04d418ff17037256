"""Which files a graph was loaded from, for reports and cases. From which of them one post came it does not keep."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from campaign_cypher import queries
from campaign_cypher.store import Store

from campaign.words import listed

ALL = 2**31
NAMED = 3  # files at most that are named where their loads were not finished
UNFINISHED = re.compile(r"The loads? of .* not finished: load (it|them) again\.", re.DOTALL)


@dataclass(frozen=True)
class Sources:
    """`files`: see `files_of`; without the clock, so that who loads the same files makes the same case.

    `posts`: how many collected posts the graph holds.
    """

    files: Sequence[Mapping[str, Any]]
    posts: int

    @property
    def notes(self) -> list[str]:
        """What a reader has to know of these files."""
        told = sum(file["posts"] or 0 for file in self.files)
        notes = ["The graph was loaded from these files; from which of them a post came is not recorded."]
        if told < self.posts:
            notes.append(
                f"At least {self.posts - told:,} of the graph's {self.posts:,} posts came otherwise: by an older "
                "campaign, by a load that was killed, or written by another program."
            )
        return [*notes, *_unfinished(self.files)]

    def without_names(self) -> Sources:
        """The same, each file by a number: its name may name somebody, and its sha256 tells it to whoever has it."""
        return replace(self, files=[{**file, "file": f"file-{n}"} for n, file in enumerate(self.files, 1)])

    def as_dict(self) -> dict[str, Any]:
        """What sources.json says."""
        return {"notes": self.notes, "posts_in_graph": self.posts, "files": list(self.files)}


def files_of(store: Store) -> list[dict[str, Any]]:
    """Rows of quality/loads without the clock. A graph that an older campaign made has none on record."""
    if not store.counts()["Load"]:
        return []
    return store.read(queries.get("quality/loads"), {"limit": ALL}).drop("finished_at").to_dicts()


def unfinished(store: Store) -> tuple[str, ...]:
    """What to know of a graph that holds a part of some files only, for a run, a report and `doctor`."""
    return _unfinished(files_of(store))


def without_file_names(note: str) -> str:
    """A run's note without the names of files, which may name somebody."""
    return "The load of a file was not finished: load it again." if UNFINISHED.fullmatch(note) else note


def _unfinished(files: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    names = list(dict.fromkeys(str(file["file"]) for file in files if file["state"] == "not finished"))
    if not names:
        return ()
    if len(names) == 1:
        return (f"The load of {names[0]} was not finished: load it again.",)
    more = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    return (f"The loads of {listed([*names[:NAMED], *more])} were not finished: load them again.",)


def sources(store: Store) -> Sources:
    """The files, and how many posts there are."""
    (posts,) = (row for row in store.read(queries.get("overview/placeholders")).to_dicts() if row["label"] == "Post")
    return Sources(files_of(store), posts["nodes"] - posts["placeholders"])
