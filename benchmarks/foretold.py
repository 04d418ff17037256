"""Does detectability say before what is found? Rings planted by a generator, and by the run itself into the same data.

    python benchmarks/foretold.py --seeds 1-5

Prints a table by turn-out: the share of the accounts of the generator's rings that are in the core of a campaign, and
the share that the run says of rings of as many accounts and actions. Wants `../shared`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from campaign_analysis.detect import detect
from campaign_analysis.detectability import EVERY, detectability
from campaign_analysis.judging import judge
from evaluate import seeds
from logs import LOGS, Generated
from samples import hashtags_of, truth_of
from workshop import circumstances, options, say, show, workshop

LOG = next(log for log in LOGS if isinstance(log, Generated) and log.part == "planted")
KINDS = [kind for kind in EVERY if (kind.size, kind.actions) == (30, 12)]  # as the generator's
EACH = 50  # rings of each kind, as with --thorough
FDR = 0.01
HEADS = ("seed", "turn-out", "rings", "found", "foretold", "off by")


def compared(stem: Path, seed: int) -> Iterator[dict[str, float]]:
    """For each turn-out the shares that were found and foretold in one log."""
    hashtags, truth = hashtags_of(stem), truth_of(stem)
    found = detect([hashtags], fdr=FDR)
    planted = judge(found.groups, found.edges, truth).planted
    for row in detectability(hashtags, None, found, KINDS, EACH, FDR, "louvain", seed):
        rings = [ring for ring in planted if ring.turnout == row.turnout]
        if rings:
            core, accounts = sum(ring.core.part for ring in rings), sum(ring.members.all for ring in rings)
            yield {"turnout": row.turnout, "rings": len(rings), "found": core / accounts, "foretold": row.members}


def main() -> None:
    """Compare in the logs of some seeds."""
    parser = options("Compare what is found with what detectability says.")
    parser.add_argument("--seeds", type=seeds, default=seeds("5"), help="1 to this, or from-to (default: 5)")
    given = parser.parse_args()
    at, rows = workshop(given), list[dict[str, float]]()
    print(f"{circumstances()}\n", flush=True)
    for seed in given.seeds:
        stem = at.generated(LOG.script, f"{LOG.stem}_{seed}", *LOG.options, "--seed", str(seed))
        rows += [{"seed": seed, **row} for row in compared(stem, seed)]
        say(f"seed {seed} is compared")
    table = pl.DataFrame(rows)
    share = (pl.col("found", "foretold") * pl.col("rings")).sum() / pl.col("rings").sum()
    every = table.group_by("turnout").agg(share, pl.col("rings").sum()).with_columns(seed=pl.lit("all"))
    table = pl.concat([table.cast({"seed": pl.String}), every], how="diagonal").sort("turnout", "seed")
    show("Found and foretold, accounts of rings in cores", HEADS, [_told(**row) for row in table.iter_rows(named=True)])


def _told(seed: str, turnout: float, rings: float, found: float, foretold: float) -> list[str]:
    return [seed, f"{turnout:.0%}", f"{rings:.0f}", f"{found:.3f}", f"{foretold:.3f}", f"{foretold - found:+.3f}"]


if __name__ == "__main__":
    main()
