"""Followers: lots, sellers and crowds found, missed and wrongly named in simulated audiences; and the speed.

python benchmarks/followers.py errors [--seeds 10]
python benchmarks/followers.py speed [--part audit|sellers]     each part's own memory: one process a part
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from campaign_analysis.followers.audit import Audit, audit
from campaign_analysis.followers.engagement import engagement
from campaign_analysis.followers.lists import each_list
from campaign_analysis.followers.sellers import sellers
from campaign_analysis.simulation.audiences import Audience, simulate_audience
from campaign_analysis.simulation.audiences.bought import KINDS, Kind
from campaign_analysis.simulation.audiences.market import Market, simulate_market
from campaign_analysis.simulation.audiences.reactions import Reactions, simulate_reactions
from workshop import Workshop, circumstances, options, run, say, show, workshop

SHARES = (0.0, 0.02, 0.1, 0.3)
SIZES = (5_000, 50_000)
START = 1_500_000_000
DAY = 86_400


def errors(seeds: int) -> None:
    """Recall by kind of lot, false lots, coverage of intervals; sellers; crowds."""
    say("audits")
    rows = [_audits(size, share, kind, seeds) for size in SIZES for share in SHARES[1:] for kind in KINDS]
    heads = ["followers", "bought", "accounts", "lots sold", "found", "lots listed", "of them false", "in the interval"]
    show("Lots", heads, rows, circumstances())
    say("nothing bought")
    nothing = [_nothing(size, 10 * seeds) for size in (1_000, *SIZES)]
    show("Nothing bought", ["followers", "worlds", "p ≤ .1", "p ≤ .05", "p ≤ .01", "lots listed"], nothing)
    say("sellers")
    show("Sellers", ["worlds", "stock", "sold by", "found", "customers found", "false"], _sellers(seeds))
    say("crowds")
    crowds = [_crowds(number, seeds * (4 if not number else 1)) for number in (0, 2, 5, 10)]
    show(
        "Crowds", ["posts bought", "worlds", "p ≤ .1", "p ≤ .01", "with a crowd", "posts found", "false posts"], crowds
    )


def _audits(size: int, share: float, kind: Kind, seeds: int) -> list[object]:
    sold = found = listed = false = covered = 0
    for seed in range(seeds):
        truth = simulate_audience(seed, Audience(followers=size), bought=share, kinds=(kind,))
        result = audit("x:1", truth, platform="x")
        inside = result.followers.drop_nulls("lot").join(truth.select("follower", sold="lot"), on="follower")
        hit = dict(inside.drop_nulls("sold").group_by("sold").len().iter_rows())
        for lot, members in truth.drop_nulls("lot").group_by("lot").len().iter_rows():
            sold += 1
            found += hit.get(lot, 0) >= members / 2
        for number, told in enumerate(result.lots):
            bought = inside.filter(lot=number)["sold"].count()
            listed += 1
            false += bought < told.size / 2
            covered += told.low <= bought <= told.high
    return [f"{size:,}", f"{share:.0%}", kind, sold, found, listed, false, covered]


def _nothing(size: int, worlds: int) -> list[object]:
    results = [audit("x:1", simulate_audience(seed, Audience(followers=size)), platform="x") for seed in range(worlds)]
    p = np.array([result.p for result in results])
    return [f"{size:,}", worlds, *((p <= a).sum() for a in (0.1, 0.05, 0.01)), sum(len(r.lots) for r in results)]


def _audited(follows: pl.DataFrame) -> dict[str, Audit]:
    return {account: audit(account, rows).lots_alone() for account, rows in each_list(follows)}


def _sellers(seeds: int) -> Iterable[list[object]]:
    found, right, false = {"aged": 0, "mixed": 0}, {"aged": 0, "mixed": 0}, 0
    for seed in range(seeds):
        for setting in (Market(), Market(sellers=0)):
            sold = simulate_market(seed, setting)
            for seller in sellers(sold.follows, _audited(sold.follows)).sellers:
                of = sold.truth.filter(pl.col("follower").is_in(list(seller.stock)))
                false += of["follower"].n_unique() < len(seller.stock) / 2
                for number, kind in enumerate(found):
                    customers = set(of.filter(seller=number)["account"]) & {got.customer for got in seller.got}
                    found[kind] += bool(customers)
                    right[kind] += len(customers)
    each = Market().customers_each
    for kind in found:
        yield [2 * seeds, kind, seeds, found[kind], f"{right[kind]} of {seeds * each}", false]


def _crowds(bought: int, worlds: int) -> list[object]:
    p, hit, right, wrong = [], 0, 0, 0
    for seed in range(worlds):
        acts = simulate_reactions(seed, Reactions(bought=bought))
        result, truth = engagement(acts), set(acts.filter("bought")["post"])
        told = {d.post for crowd in result.crowds for d in crowd.deliveries}
        p.append(result.p)
        hit += bool(told)
        right, wrong = right + len(told & truth), wrong + len(told - truth)
    small = [int((np.array(p) <= a).sum()) for a in (0.1, 0.01)]
    return [bought, worlds, *small, hit, f"{right} of {worlds * bought}", wrong]


def speed(shop: Workshop, part: str | None) -> None:
    """Seconds and memory of the whole, and the ratio to a plain loop at a size that the loop bears."""
    for name in [part] if part else ["audit", "sellers"]:
        {"audit": _audit_speed, "sellers": _sellers_speed}[name](shop)


def _audit_speed(shop: Workshop) -> None:
    audit("x:1", simulate_audience(1, Audience(followers=2_000), bought=0.3), platform="x")  # compiled
    whole = simulate_audience(1, Audience(followers=900_000), bought=0.1)
    before = _memory()
    result, seconds = _timed(whole)
    small = simulate_audience(1, Audience(followers=20_000), bought=0.1)
    _, ours = _timed(small)
    plain = _plain(shop, "audit", small.select("rank", "created_at"))
    show(
        f"Audit of {whole.height:,} followers",
        ["", "seconds", "ratio"],
        [
            [f"{whole.height:,} followers, {len(result.lots)} lots", str(seconds), ""],
            [f"{small.height:,} followers", str(ours), 1],
            ["the same by a pandas loop (three runs, two windows)", f"{plain:.1f}", f"{plain / ours.seconds:,.0f}"],
        ],
        f"{circumstances()}; memory {_memory():.2f} GB at most, {before:.2f} GB before the audit",
    )


def _timed(followers: pl.DataFrame) -> tuple[Audit, Cost]:
    start, spent = time.perf_counter(), time.process_time()
    result = audit("x:1", followers, platform="x")
    return result, Cost(time.perf_counter() - start, time.process_time() - spent)


def _sellers_speed(shop: Workshop) -> None:
    _, _ = _whole(_many(20, 5_000))  # compiled
    follows = _many(1_000, 20_000)
    before = _memory()
    found, seconds = _whole(follows)
    small = _many(60, 20_000)
    _, ours = _whole(small)
    plain = _plain(shop, "sellers", small.select("account", "follower"))
    show(
        "Sellers over 1,000 customers of 20,000 followers, the audits included",
        ["", "seconds", "ratio"],
        [
            [f"1,000 customers, {follows.height:,} follows, {found} sellers", str(seconds), ""],
            [f"60 customers, {small.height:,} follows", str(ours), 1],
            ["the same by a pandas loop over pairs, no audits", f"{plain:.1f}", f"{plain / ours.seconds:,.1f}"],
        ],
        f"{circumstances()}; memory {_memory():.2f} GB at most, {before:.2f} GB before",
    )


def _whole(follows: pl.DataFrame) -> tuple[int, Cost]:
    start, spent = time.perf_counter(), time.process_time()
    found = sellers(follows, _audited(follows))
    return len(found.sellers), Cost(time.perf_counter() - start, time.process_time() - spent)


def _many(customers: int, followers: int) -> pl.DataFrame:
    """Lists of customers out of one public; one in five bought a lot of 1,000 of one of five aged stocks of 5,000."""
    rng = np.random.default_rng(1)
    parts = []
    for number in range(customers):
        who = rng.choice(50 * followers, followers, replace=False)
        made = START - rng.random(followers) * 3_000 * DAY
        if number % 5 == 0:
            lot = rng.choice(5_000, 1_000, replace=False)
            who[4_000:5_000] = 50 * followers + (number // 5 % 5) * 5_000 + lot
            made[4_000:5_000] = START - (500 + 90 * (number // 5 % 5) + 5 * rng.random(1_000)) * DAY
        moments = pl.Series((made * 1e6).astype(np.int64)).cast(pl.Datetime("us", "UTC"))
        parts.append(
            pl.DataFrame({"follower": who, "created_at": moments}).with_columns(
                account=pl.lit(f"a{number:04}"),
                follower=pl.lit("x:") + pl.col("follower").cast(pl.String),
                rank=pl.int_range(1, pl.len() + 1),
            )
        )
    return pl.concat(parts)


def _plain(shop: Workshop, what: str, frame: pl.DataFrame) -> float:
    """Seconds of the plain loop, as it says itself."""
    file = shop.cache / f"followers-{what}.parquet"
    frame.write_parquet(file)
    python = shop.tool("pandas", "pandas", "scipy", "pyarrow") / "python"
    return float(run(python, Path(__file__).with_name("followers_plain.py"), what, file))


class Cost(NamedTuple):
    """Seconds that passed, and those of the processor: other programs may have run beside."""

    seconds: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.seconds:.2g} ({self.cpu:.2g} of processor)"


def _memory() -> float:
    """Most memory of this process so far, GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("what", choices=["errors", "speed"])
    parser.add_argument("--part", choices=["audit", "sellers"])
    parser.add_argument("--seeds", type=int, default=10)
    given = parser.parse_args()
    if given.what == "errors":
        errors(given.seeds)
    else:
        speed(workshop(given), given.part)
