"""What `campaign simulate` refuses: options that would be passed over, and a folder that holds another corpus."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import typer

from campaign.failures import UsageError

OF_POSTS = ("posts", "accounts", "world", "rings", "ring_size", "chats", "spikes", "series", "stars", "days", "format")
WRITTEN = ("posts.parquet", "posts.csv", "posts.jsonl", "followers.csv")  # each with its truth in truth.csv
PACKED = ("", ".gz", ".zst")


def refuse_passed_over(context: typer.Context, audience: str | None, bought: float) -> None:
    """Raises UsageError where an option was typed that what is asked for does not read."""
    if audience is None:
        if _typed(context, ("bought",)):
            raise UsageError("--bought is a share of an audience: name one with --audience, or leave it out")
        return
    if flags := _typed(context, OF_POSTS):
        raise UsageError(
            f"--audience writes lists of a size of its own instead of invented posts: leave {', '.join(flags)} out"
        )
    if audience == "market" and bought and _typed(context, ("bought",)):
        raise UsageError(
            "--audience market has two sellers with six customers each, or none with --bought 0: no other share can be "
            "asked for; leave --bought out"
        )


def refuse_said_twice(world: str, own: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Raises UsageError where a world's own parameter is there as an option too."""
    if twice := sorted(own.keys() & options.keys()):
        both = f"{world}:{twice[0]}={own[twice[0]]} and an option of its own ({options[twice[0]]})"
        raise UsageError(f"--world says {both}: leave one of them out")


def refuse_size_of_none(mixed: Mapping[str, Mapping[str, Any]], named: Collection[str], size: int | None) -> None:
    """Raises UsageError where the members of rings are counted, and there are no rings."""
    rings = mixed.get("rings", {}).get("rings", None if "rings" in named else 0)
    if size is not None and rings == 0:
        raise UsageError(f"--ring-size {size}: there are no rings; ask for some with --rings, or leave it out")


def refuse_another_corpus(out: Path, name: str) -> None:
    """Raises UsageError where a file of another corpus would stay beside this one's, whose truth it does not share."""
    others = [f"{file}{packed}" for file in WRITTEN for packed in PACKED if f"{file}{packed}" != name]
    if there := next((other for other in others if (out / other).exists()), None):
        raise UsageError(
            f"{out / there} is of another corpus and would stay beside {name} with one truth.csv: remove it, or name "
            "another folder with --out"
        )


def _typed(context: typer.Context, names: Collection[str]) -> list[str]:
    """The flags among these that were typed: a settings file may hold what other calls want."""
    sources = {name: context.get_parameter_source(name) for name in names}
    return [f"--{n.replace('_', '-')}" for n, source in sources.items() if source and source.name == "COMMANDLINE"]
