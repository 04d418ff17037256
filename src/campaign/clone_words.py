"""What `campaign accounts clones` says beside its rows: how sure it is, what could not be compared, who is exempt."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from campaign.words import counted, listed

NO_VERDICT = (
    "This is said of profiles, not of people: a second account of the same owner looks the same. Read both before you "
    "name anybody."
)
FIELDS = {"name": "name", "handle": "handle", "description": "bio", "avatar": "picture", "created_at": "date of making"}


def sentences(
    profiles: pl.DataFrame, found: pl.DataFrame, asked: str | None, asked_id: str, error: float, fdr: float
) -> Iterator[str]:
    """What was compared, at what error, and what is missing.

    `found` are CLONES, `asked` an account as it was named and `asked_id` its id, of one account.
    """
    suspects = found.filter(pl.col("exempt").is_null())
    if asked is None:
        found_some = f" Of these pairs, about {fdr:.0%} at most are expected to be innocent." if suspects.height else ""
        yield (
            f"{profiles.height:,} profiles compared: {suspects['suspect'].n_unique():,} look like copies of an older "
            f"account.{found_some}"
        )
    else:
        copies = listed(_found(suspects, asked_id)) if suspects.height else "no copy was found"
        yield (
            f"{asked} compared with {profiles.height - 1:,} profiles: {copies}. Of questions like this one, fewer than "
            f"one in {round(1 / error):,} is expected to bring up an innocent account."
        )
    if exempt := found.height - suspects.height:
        yield f"{exempt:,} more are alike and no suspects: the last column says why."
    yield from _missing(profiles)
    yield "“expected”: how many innocent accounts would be as much alike by chance, counted in these profiles."
    yield NO_VERDICT


def _found(suspects: pl.DataFrame, asked: str) -> list[str]:
    """How many look like copies of an account, and of how many it looks like a copy."""
    copies, of = (suspects.filter(pl.col(side) == asked)[side].len() for side in ("original", "suspect"))
    said = [f"{counted(copies, 'account')} that look like copies of it"] if copies else []
    return [*said, f"{counted(of, 'account')} that it looks like a copy of"] if of else said


def _missing(profiles: pl.DataFrame) -> Iterator[str]:
    """Fields that are there for fewer than half of the profiles: what cannot be seen for want of them."""
    for column, called in FIELDS.items():
        known = profiles[column].is_not_null().sum()
        if 2 * known < profiles.height:
            yield f"{known:,} of {profiles.height:,} profiles have a {called}: copies that show only there are missed."
