"""Finds copies among profiles, of everybody or of one account, under a stated error."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from campaign_analysis.clones import candidates, chance
from campaign_analysis.clones.agreement import CORE, NEAR, Profiles
from campaign_analysis.clones.exempt import says_so
from campaign_analysis.clones.keys import keyed
from campaign_analysis.errors import AnalysisError

ERROR = 0.001  # innocent accounts that one question may be expected to bring up
ROUNDS = 2  # of counting what chance does: the second leaves out the suspects of the first
FDR = 0.05  # part of all listed pairs that may be expected to be innocent

PROFILES: dict[str, Any] = {
    "account": pl.String,
    "handle": pl.String,
    "name": pl.String,
    "description": pl.String,
    "created_at": pl.Datetime("us", "UTC"),
    "verified": pl.Boolean,
    "avatar": pl.String,  # a hash of the picture
}
CLONES: dict[str, Any] = {
    "original": pl.String,
    "suspect": pl.String,
    "agree": pl.List(pl.String),  # name, disguised name, handle, handle without digits, bio, avatar
    "expected": pl.Float64,  # innocent accounts that would agree with the original as much
    "days": pl.Int64,  # by which the suspect is younger; null where an age is not known
    "exempt": pl.String,  # why the younger is no suspect; null where it is one
}


def clones_of(account: str, profiles: pl.DataFrame, *, error: float = ERROR) -> pl.DataFrame:
    """Who copied an account, or whom it copied, as CLONES, the surest first.

    `profiles` (PROFILES) hold everybody: what chance does is counted among them. Fewer than `error` innocent accounts
    are expected in the answer. Raises AnalysisError where the account is not among the profiles.
    """
    if account not in profiles["account"]:
        raise AnalysisError(f"no profile of {account}: it cannot be compared")
    found = pairs_of(profiles)
    mine = (pl.col("original") == account) | (pl.col("suspect") == account)
    return found.filter(mine & (pl.col("expected") <= error))


def find_clones(profiles: pl.DataFrame, *, fdr: float = FDR) -> pl.DataFrame:
    """All copies among `profiles` (PROFILES), as CLONES; of the pairs `fdr` at most are expected to be innocent.

    Benjamini-Hochberg over all accounts: E of an account's surest pair is its p. Who is exempt is no finding and does
    not count; those that are as sure are listed, or where there is no finding, those that an answer about one would.
    """
    found = pairs_of(profiles)
    surest = (
        found.filter(pl.col("exempt").is_null())
        .group_by("suspect")
        .agg(pl.col("expected").min())
        .get_column("expected")
        .sort()
    )
    ranks = np.arange(1, len(surest) + 1)
    passed = np.flatnonzero(surest.to_numpy() <= fdr * ranks / max(profiles.height, 1))
    limit = surest[int(passed[-1])] if len(passed) else -1.0
    exempt = pl.col("exempt").is_not_null() & (pl.col("expected") <= max(limit, ERROR))
    return found.filter((pl.col("expected") <= limit) | exempt)


def pairs_of(profiles: pl.DataFrame) -> pl.DataFrame:
    """Pairs that agree in two things or more and that one list or the other may name (E of FDR at most), as CLONES."""
    if profiles.height < 2:
        return pl.DataFrame(schema=CLONES)
    ordered = _conform(profiles).sort("created_at", "account", nulls_last=True)
    known = keyed(ordered)
    names = candidates.near_names(known["name_key"])
    comparing = Profiles(known)
    pairs = comparing.agreement(candidates.pairs(known, names))
    said = (pl.col("name"), pl.col("disguised"), pl.col("handle") >= CORE, pl.col("bio"), pl.col("avatar"))
    same_person = pl.col("name") | (pl.col("handle") >= NEAR)
    several = pairs.filter(same_person & (pl.sum_horizontal(said) >= 2))
    suspects = np.empty(0, dtype=np.int64)
    for _ in range(ROUNDS):
        measured = chance.measure(known, comparing, names, pairs, suspects, np.random.default_rng(0))
        expected = chance.expected(several, measured)
        suspects = np.unique(several["b"].to_numpy()[expected <= ERROR])
    found = several.with_columns(expected=pl.Series(expected))
    return _told(found.filter(pl.col("expected") <= max(ERROR, FDR)), ordered)


def _conform(profiles: pl.DataFrame) -> pl.DataFrame:
    """Exactly the columns of PROFILES; those that are not there are null."""
    return profiles.select(
        (pl.col(name) if name in profiles.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in PROFILES.items()
    )


def _told(pairs: pl.DataFrame, profiles: pl.DataFrame) -> pl.DataFrame:
    says = says_so(profiles)
    a, b = profiles[pairs["a"]], profiles[pairs["b"]]
    age_known = a["created_at"].is_not_null() & b["created_at"].is_not_null()
    return (
        pairs.select(
            original=a["account"],
            suspect=b["account"],
            agree=_agree(),
            expected=pl.col("expected"),
            days=(b["created_at"] - a["created_at"]).dt.total_days(),
            exempt=pl.when(b["verified"].fill_null(False))
            .then(pl.lit("it is verified"))
            .when(says[pairs["b"]] & ~says[pairs["a"]])
            .then(pl.lit("it says that it is a parody, a fan's page or the like"))
            .when(says[pairs["a"]] & ~says[pairs["b"]])
            .then(pl.lit("the older says that it is a parody, a fan's page or the like"))
            .when(_platform(a) != _platform(b))
            .then(pl.lit("on another platform: many have an account on each"))
            .when(~age_known | (a["created_at"] == b["created_at"]))
            .then(pl.lit("which is older is not known")),
        )
        .sort("expected", "original", "suspect")
        .select(pl.col(name).cast(kind) for name, kind in CLONES.items())
    )


def _platform(accounts: pl.DataFrame) -> pl.Series:
    """The platforms of accounts, which stand before a colon in their ids."""
    return accounts["account"].str.extract(r"^([^:]*):", 1).fill_null("")


def _agree() -> pl.Expr:
    said = [
        pl.when(pl.col("disguised")).then(pl.lit("disguised name")).when(pl.col("name")).then(pl.lit("name")),
        pl.when(pl.col("handle") >= NEAR)
        .then(pl.lit("handle"))
        .when(pl.col("handle") >= CORE)
        .then(pl.lit("handle without digits")),
        pl.when(pl.col("bio")).then(pl.lit("bio")),
        pl.when(pl.col("avatar")).then(pl.lit("avatar")),
    ]
    return pl.concat_list(said).list.drop_nulls()
