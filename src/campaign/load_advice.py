"""What to do where no row of a load could be taken: the advice that fits the reason, and a row that shows it."""

from __future__ import annotations

from campaign_cypher import queries
from campaign_cypher.store import Store
from campaign_loader import Report

from campaign.words import counted

# How a reason begins -> what to do.
ADVICE = {
    "not UTF-8": "try --encoding cp1252",
    "the time cannot be read": "say its form with --time-format, as in --time-format '%d/%m/%Y %H:%M', or which column "
    "is the time with --map time=COLUMN",
    "the time is out of range": "say which column is the time with --map time=COLUMN, or its form with --time-format",
    "no time": "say which column is the time with --map time=COLUMN",
    "no account": "say which column is the account with --map account=COLUMN",
    "the account's id lost digits": "export the ids as text, not as numbers, or map another column with "
    "--map account=COLUMN",
    "the post's id lost digits": "export the ids as text, not as numbers, or map another column with --map id=COLUMN",
    "the account's id is longer": "say which column is the account with --map account=COLUMN",
    "the post's id is longer": "say which column is the post's id with --map id=COLUMN",
    "the post's id belongs to another account": "say which column is the post's id with --map id=COLUMN",
    "nobody whose list it is": "say which column it is with --map owner=COLUMN",
    "has ": "check how the file was written: its fields must be parted alike in all lines",
    "quotes are broken": "check how the file was written: a quote inside of quotes is written twice",
    "broken JSON": "check the file: each line must hold one whole record",
}
LOOK = "look at the rejected rows, or force a format with --format"
LONGEST = 60
MANY = 1_000_000


def nothing_taken(report: Report) -> str:
    """One line: how many rows, the most common reason with a row that shows it, what to do."""
    reason, count = report.rejected.most_common(1)[0]
    advice = next((what for beginning, what in ADVICE.items() if reason.startswith(beginning)), LOOK)
    example = report.examples[reason]
    shown = " ".join(example.shown.split())
    shown = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    kept = f" (kept in {report.rejects_file})" if report.rejects_file else ""
    return (
        f"no row could be taken of {report.rows:,}{kept}: {reason} ({count:,}), as '{shown}' in line {example.line} of "
        f"{example.file}; {advice}"
    )


def broken_off(name: str, damage: str, rows: int) -> str:
    """One line about an input that ends too early."""
    return f"{name}: {damage}; the {counted(rows, 'row')} before {'was' if rows == 1 else 'were'} read"


def whole_files(store: Store) -> frozenset[str]:
    """sha256 of the files that a store has read to their end."""
    if store.about().missing:
        return frozenset()
    files = store.read(queries.get("quality/loads"), {"limit": MANY})
    return frozenset(files.filter(files["state"] == "whole")["sha256"])


def read_otherwise(report: Report, whole: frozenset[str]) -> str | None:
    """One line where files that the store held already brought posts once more, under other keys; None where none did.

    A post without an id has its time and text in its key: read another way, it is another post.
    """
    files = [file for file in report.files if file.sha256 in whole and file.new_posts]
    if not files:
        return None
    name = files[0].name if len(files) == 1 else f"{files[0].name} and {counted(len(files) - 1, 'other file')}"
    new = counted(sum(file.new_posts for file in files), "post")
    return (
        f"{report.store}: {name} had been loaded before, and brought {new} anew: read another way (--time-format, "
        "--map, --platform, another version), posts may be there twice; nothing takes them out: delete the store and "
        "load again"
    )
