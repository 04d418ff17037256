"""Which files a graph was loaded from, for reports and cases. From which of them one post came it does not keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from campaign_cypher import queries
from campaign_cypher.store import Store

ALL = 2**31


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
        unfinished = [file["file"] for file in self.files if file["state"] == "not finished"]
        notes = ["The graph was loaded from these files; from which of them a post came is not recorded."]
        if told < self.posts:
            notes.append(
                f"At least {self.posts - told:,} of the graph's {self.posts:,} posts came otherwise: by an older "
                "campaign, by a load that was killed, or written by another program."
            )
        if unfinished:
            notes.append(f"The load was killed before its end: {', '.join(unfinished)}.")
        return notes

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


def sources(store: Store) -> Sources:
    """The files, and how many posts there are."""
    (posts,) = (row for row in store.read(queries.get("overview/placeholders")).to_dicts() if row["label"] == "Post")
    return Sources(files_of(store), posts["nodes"] - posts["placeholders"])
