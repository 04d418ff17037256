"""Does detectability say before what is found? Rings planted by a generator, and by the run itself into the same data.

    python benchmarks/foretold.py --seeds 1-5

Prints a table by turn-out, and by how often the rest of the log uses the hashtags that a ring pushes: the share of the
accounts of the generator's rings that are in the core of a campaign, and the share of those that the run itself plants,
of as many accounts and actions. In the rows of any hashtags the planted rings count as if as many
of them pushed popular ones as of the generator's. Wants `../shared`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from campaign_analysis.detect import detect
from campaign_analysis.detectability import EVERY, TIMES, outcomes
from campaign_analysis.judging import judge
from evaluate import seeds
from logs import LOGS, Generated
from samples import hashtags_of, truth_of
from workshop import circumstances, options, say, show, workshop

LOG = next(log for log in LOGS if isinstance(log, Generated) and log.part == "planted")
KINDS = [kind for kind in EVERY if (kind.size, kind.actions) == (30, 12)]  # as the generator's
EACH = 50  # rings of each kind, as with --thorough
FDR = 0.01
OFTEN = 1000  # uses by the rest of the log from which a hashtag is popular
HEADS = ("turn-out", "uses of its hashtags", "rings", "found", "planted", "foretold", "off by")

Row = tuple[str, float, bool, float]  # found or foretold, turn-out, whether its hashtags are popular, share in a core


def compared(stem: Path, seed: int) -> Iterator[Row]:
    """Each ring of the log, and each that is planted into it."""
    hashtags, truth = hashtags_of(stem), truth_of(stem)
    found = detect([hashtags], fdr=FDR)
    uses = dict(hashtags.events.group_by("object").len().iter_rows())
    pushed = _pushed(stem)
    for ring in judge(found.groups, found.edges, truth).planted:
        turnout = ring.turnout or 0.0
        others = max(uses[tag] for tag in pushed[ring.name]) - ring.members.all * turnout * TIMES
        yield "found", turnout, others >= OFTEN, ring.core.part / ring.members.all
    for kind, acts, core in outcomes(hashtags, None, found, KINDS, EACH, FDR, "louvain", seed):
        yield "foretold", kind.turnout, max(uses[tag] for tag in acts["object"].unique()) >= OFTEN, core / kind.size


def _pushed(stem: Path) -> dict[str, list[str]]:
    """The hashtags that each of the generator's rings pushes."""
    events = pl.read_csv(f"{stem}.truth_events.csv").select(
        name=pl.format("{}-{}", "kind", "group"), tag="tag" + pl.col("hashtag").cast(pl.String).str.zfill(5)
    )
    return dict(events.group_by("name").agg(pl.col("tag").unique()).iter_rows())


def main() -> None:
    """Compare in the logs of some seeds."""
    parser = options("Compare what is found with what detectability says.")
    parser.add_argument("--seeds", type=seeds, default=seeds("5"), help="1 to this, or from-to (default: 5)")
    given = parser.parse_args()
    at, rows = workshop(given), list[Row]()
    print(f"{circumstances()}\n", flush=True)
    for seed in given.seeds:
        stem = at.generated(LOG.script, f"{LOG.stem}_{seed}", *LOG.options, "--seed", str(seed))
        rows += compared(stem, seed)
        say(f"seed {seed} is compared")
    rings = pl.DataFrame(rows, schema=["what", "turnout", "popular", "share"], orient="row")
    each = rings.group_by("what", "turnout", "popular").agg(pl.len(), pl.col("share").mean())
    found, foretold = (each.filter(what=what).drop("what") for what in ("found", "foretold"))
    both = found.join(foretold, on=["turnout", "popular"], suffix="_foretold")
    weighed = (pl.col("share", "share_foretold") * pl.col("len")).sum() / pl.col("len").sum()
    every = both.group_by("turnout").agg(weighed, pl.col("len", "len_foretold").sum(), popular=pl.lit(None, pl.Boolean))
    both = pl.concat([every.select(both.columns), both])
    told = [_told(*row) for row in both.sort("turnout", "popular").iter_rows()]
    show("Found and foretold, accounts of rings in cores", HEADS, told)


def _told(turnout: float, popular: bool | None, rings: int, found: float, planted: int, foretold: float) -> list[str]:
    uses = "any" if popular is None else f"{OFTEN:,} or more" if popular else f"under {OFTEN:,}"
    return [
        f"{turnout:.0%}",
        uses,
        f"{rings}",
        f"{found:.3f}",
        f"{planted}",
        f"{foretold:.3f}",
        f"{foretold - found:+.3f}",
    ]


if __name__ == "__main__":
    main()
