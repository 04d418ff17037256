"""Clones: found, missed and wrongly named among invented people; and the speed, beside rapidfuzz's cdist.

python benchmarks/clones.py errors [--people 200000 --clones 1000 --seeds 3]
python benchmarks/clones.py speed [--people 1000000]
"""

from __future__ import annotations

import time

import polars as pl
from campaign_analysis.clones import ERROR, find_clones
from campaign_analysis.clones.find import pairs_of
from campaign_analysis.simulation.people import simulate_profiles
from rapidfuzz import fuzz, process
from workshop import circumstances, options, say, show

SAMPLE = 500  # names that cdist compares with all others; its time for all is that, multiplied
PER_SEED = 5  # one parody for so many clones


def errors(people: int, clones: int, seeds: int) -> None:
    """Recall by how the copy was made, and how many questions bring up an innocent account."""
    parts, false, listed, wrong = [], 0, 0, 0
    for seed in range(1, seeds + 1):
        say(f"seed {seed}")
        profiles, truth = simulate_profiles(people, clones, seed, parodies=clones // PER_SEED)
        found = pairs_of(profiles)
        copies, guilty = set(truth["account"]), set(truth.filter("guilty")["account"])
        named = found.filter(pl.col("exempt").is_null() & (pl.col("expected") <= ERROR))
        parts.append(_found(truth.filter("guilty"), named, profiles))
        bad = named.filter(~pl.col("suspect").is_in(copies))
        false += len({*bad["original"], *bad["suspect"]})
        everything = find_clones(profiles).filter(pl.col("exempt").is_null())
        listed += everything.height
        wrong += everything.filter(~pl.col("suspect").is_in(guilty)).height
    told = pl.concat(parts)
    show(
        f"{people:,} people, {clones:,} clones, {seeds} seeds",
        ["clones", "found", "of"],
        [["all", f"{told['found'].mean():.3f}", told.height], *_by_kind(told)],
        f"{circumstances()}\n\n{false} of {seeds * people:,} questions (one about each of the people) bring up an "
        f"innocent account: {1000 * false / (seeds * people):.2f} in a thousand. Without `--of`: {listed:,} pairs, "
        f"{wrong} of them not planted.",
    )


def _found(guilty: pl.DataFrame, named: pl.DataFrame, profiles: pl.DataFrame) -> pl.DataFrame:
    pairs = named.select("original", account="suspect", found=pl.lit(True))
    names = profiles.group_by("name").len("bearers")
    own = profiles.select(original="account", name="name", culture="culture", photo=pl.col("avatar").is_not_null())
    return (
        guilty.join(pairs, on=["original", "account"], how="left")
        .join(own.join(names, on="name"), on="original")
        .with_columns(pl.col("found").fill_null(False))
    )


def _by_kind(told: pl.DataFrame) -> list[list[object]]:
    nothing = (pl.col("bio") == "other") & ~pl.col("avatar")
    kinds = {
        **{f"name {k}": pl.col("name_trick") == k for k in sorted(told["name_trick"].unique())},
        **{f"handle {k}": pl.col("handle_trick") == k for k in sorted(told["handle_trick"].unique())},
        **{f"{k} names": pl.col("culture") == k for k in sorted(told["culture"].unique())},
        "bio or picture copied": ~nothing,
        "neither, a name of fewer than 3 people": nothing & (pl.col("bearers") < 3),
        "neither, a name of 3 people or more": nothing & (pl.col("bearers") >= 3),
    }
    rows = {kind: told.filter(chosen) for kind, chosen in kinds.items()}
    return [[kind, f"{part['found'].mean():.3f}", part.height] for kind, part in rows.items() if part.height]


def speed(people: int) -> None:
    """Seconds of the whole search, and of comparing all names with all by cdist."""
    say("inventing people")
    profiles, _ = simulate_profiles(people, people // 1000, 1)
    find_clones(profiles.head(2000))  # compiled before the clock runs
    started, spent = time.perf_counter(), time.process_time()
    found = find_clones(profiles)
    seconds, cpu = time.perf_counter() - started, time.process_time() - spent
    say(f"{found.height} found in {seconds:.1f} s; cdist")
    names = profiles["name"].to_list()
    started = time.perf_counter()
    process.cdist(names[:SAMPLE], names, scorer=fuzz.ratio, score_cutoff=90, dtype="uint8", workers=-1)
    brute = (time.perf_counter() - started) * len(names) / SAMPLE / 2
    show(
        f"Clones among {people:,} profiles",
        ["", "seconds", "ratio"],
        [
            ["`find_clones`: name, handle, bio, picture", f"{seconds:.1f} ({cpu:.1f} of processor)", 1],
            [
                f"rapidfuzz cdist, names alone ({SAMPLE} measured, each pair once)",
                f"{brute:,.0f}",
                f"{brute / seconds:,.0f}",
            ],
        ],
        circumstances(),
    )


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("what", choices=["errors", "speed"])
    parser.add_argument("--people", type=int, default=None)
    parser.add_argument("--clones", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    if given.what == "errors":
        errors(given.people or 200_000, given.clones, given.seeds)
    else:
        speed(given.people or 1_000_000)
