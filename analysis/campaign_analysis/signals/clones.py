"""Clones: more of a group's accounts copy an older account's profile than others of the conversation do."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from scipy.stats import hypergeom

from campaign_analysis.account_frames import ALL_PROFILES, PROFILES
from campaign_analysis.clones.find import FDR, find_clones
from campaign_analysis.clones.relatives import relatives
from campaign_analysis.detectability import wilson
from campaign_analysis.signal_results import Measure, Sight, SignalResult
from campaign_analysis.signals import Asked, Signal

NAME = "clones"
LEAST = 5  # accounts with a name or handle and a date under which nothing is tried
SHOWN = 10  # copies that are named one by one


def look(asked: Asked) -> SignalResult:
    """Hypergeometric: of all accounts and all copies, how many copies a group of this size has by chance."""
    mine, theirs = (_known(side) for side in asked.sides(PROFILES))
    if len(mine) < LEAST or theirs.is_empty():
        known = f"{len(mine)} of {len(asked.group)} accounts and {len(theirs)} others"
        wanted = f"{LEAST} and some others are wanted"
        return SignalResult(NAME, untried=f"the names and creation dates of {known} are known: {wanted}")
    copies = asked.once(NAME, lambda: _copies(asked))
    hits = copies.filter(pl.col("suspect").is_in(mine.implode()))
    beside = int(theirs.is_in(copies["suspect"].implode()).sum())
    p = float(hypergeom.sf(hits.height - 1, len(mine) + len(theirs), hits.height + beside, len(mine)))
    what = (
        f"{hits.height} of {len(mine)} accounts have a profile that copies an older account's, and {beside} of "
        f"{len(theirs)} others"
    )
    seen = (Sight(what, tuple(hits["suspect"]), p=p), *_pairs(hits)) if hits.height else ()
    low, high = wilson(hits.height, len(mine))
    return SignalResult(
        NAME,
        p=p,
        measure=Measure("share of its accounts whose profile is a copy", hits.height / len(mine), low, high),
        seen=seen,
        notes=tuple(_notes(asked, len(mine), hits)),
    )


def _known(side: pl.DataFrame) -> pl.Series:
    """Accounts that could be seen to be a copy: they have a name or a handle, and a date."""
    named = pl.col("name").is_not_null() | pl.col("handle").is_not_null()
    return side.filter(named & pl.col("created_at").is_not_null())["account"].unique(maintain_order=True)


def _copies(asked: Asked) -> pl.DataFrame:
    """Each suspect once, with the original that it is most surely a copy of, and the handles of both."""
    everybody = asked.frames[ALL_PROFILES.name]
    found = find_clones(relatives(everybody, asked.frames[PROFILES.name]["account"].unique()))
    surest = found.filter(pl.col("exempt").is_null()).unique("suspect", keep="first", maintain_order=True)
    called = everybody.select("account", called=pl.concat_str(pl.lit("@"), "handle").fill_null(pl.col("account")))
    for side in ("original", "suspect"):
        named = called.rename({"account": side, "called": f"{side}_called"})
        surest = surest.join(named, on=side, how="left", maintain_order="left")
    return surest


def _pairs(hits: pl.DataFrame) -> Iterator[Sight]:
    for row in hits.head(SHOWN).iter_rows(named=True):
        what = (
            f"{row['suspect_called']} is like {row['original_called']}, which is {row['days']:,} days older: "
            f"{', '.join(row['agree'])}"
        )
        yield Sight(what, (row["suspect"],))


def _notes(asked: Asked, known: int, hits: pl.DataFrame) -> Iterator[str]:
    yield "an original that was not collected cannot be found, and copies of names that many bear are mostly missed"
    if unknown := len(asked.group) - known:
        yield f"of {unknown} of {len(asked.group)} accounts name and handle, or the date, are not known"
    if inside := int(hits["original"].is_in(list(asked.group)).sum()):
        yield f"{inside} of them copy an account of the group itself"
    if hits.height > SHOWN:
        yield f"{SHOWN} of {hits.height} copies are named; `campaign accounts clones` lists all"


SIGNAL = Signal(
    name=NAME,
    title="Copied profiles",
    meaning="Accounts whose name, handle, words or picture are those of an older account, against the others of the "
    "conversation.",
    supports="Whoever needs many accounts that look like people may copy people, and one set of texts for many "
    "accounts shows as copies too; second accounts of one owner, and fans who do not say that they are, look the same.",
    source=f"hypergeometric tail; copies as in docs/clones.md, at a false discovery rate of {FDR:.0%}",
    needs=(PROFILES, ALL_PROFILES),
    look=look,
)
