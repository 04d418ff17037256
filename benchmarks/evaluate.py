"""What detection finds and whom it accuses wrongly, where the truth is known. Prints Markdown tables.

    python benchmarks/evaluate.py                     everything: ten minutes on two cores, some 5 GB of cache
    python benchmarks/evaluate.py planted fandoms     some parts; --seeds 2 for less

The logs come from the generators in ../shared/bench, which are no part of the project; fandoms from its own simulator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from campaign_analysis import layers
from campaign_analysis.background import Scale
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.results import Group
from campaign_analysis.simulation import simulate
from campaign_cypher import StoreTarget, connect
from campaign_cypher.store import Store
from campaign_loader import ReadOptions, load
from scores import HEADS, accused, mean, score
from workshop import Workshop, circumstances, options, say, show, workshop

from campaign import pipeline
from campaign.request import Request

OTHER_SCALES = (Scale(10, 600), Scale(10, 1800), Scale(60, 240), Scale(60, 1800), Scale(300, 1800))
PLATFORM = "bench"
HASHTAG = layers.every()["hashtag"]


def log_events(stem: Path) -> pl.DataFrame:
    """Events of the hashtag layer of a generated log."""
    log = pl.read_parquet(f"{stem}.long.parquet")
    return log.select(account="account_id", object="object_id", time=pl.col("timestamp_share").cast(pl.Int64) * 1000)


def on_hashtags(events: pl.DataFrame, scales: tuple[Scale, ...] = HASHTAG.scales) -> tuple[Group, ...]:
    """Groups that the hashtag layer alone gives."""
    return detect([LayerInput("hashtag", events, scales)]).groups


def planted(at: Workshop, seeds: range) -> None:
    """Rings in a log of a million posts, every post taken as an original: the hashtag layer alone."""
    scores = [score(on_hashtags(log_events(stem)), stem) for stem in posts(at, seeds)]
    rows = [s.row(seed) for seed, s in zip(seeds, scores, strict=True)]
    show("Planted rings, hashtags of all posts", HEADS, [*rows, mean(scores)])


def loaded(at: Workshop, seeds: range) -> None:
    """The same logs by the whole way: loaded into a store, all layers."""
    scores = []
    for stem in posts(at, seeds):
        with filled(Path(f"{stem}.posts.parquet")) as store:
            found = pipeline.detect(store, Request(), save=False)
        scores.append(score(found.groups, stem, f"{PLATFORM}:"))
    rows = [s.row(seed) for seed, s in zip(seeds, scores, strict=True)]
    note = (
        "In these files 15 % of the posts, the planted ones included, say that they are retweets of some earlier "
        "post: the hashtag layer leaves them out."
    )
    show("Planted rings, posts loaded into a store, all layers", HEADS, [*rows, mean(scores)], note)


def posts(at: Workshop, seeds: range) -> Iterator[Path]:
    """Logs of a million posts with planted rings."""
    for seed in seeds:
        stem = at.generated("generate_posts.py", f"posts_{seed}", "--seed", str(seed))
        say(f"detecting in {stem.name}")
        yield stem


@contextmanager
def filled(path: Path) -> Iterator[Store]:
    """A store in a temporary folder that holds a file."""
    with (
        TemporaryDirectory(prefix="campaign-evaluate-") as folder,
        closing(connect(StoreTarget(str(Path(folder) / "store.lbug")))) as store,
    ):
        load([str(path)], store, ReadOptions(platform=PLATFORM))
        yield store


def chats(at: Workshop, seeds: range) -> None:
    """Innocent weekly chats, from calm to as dense as a troll shift."""
    logs = {
        f"chats, rate {rate}": [
            at.generated("generate_chats.py", f"chats_{rate}_{seed}", "--rate", rate, "--seed", str(seed))
            for seed in seeds
        ]
        for rate in ("1.8", "2.5", "3.2")
    }
    innocent("Innocent live chats", logs)


def screens(at: Workshop, seeds: range) -> None:
    """Innocent fans of a series who post after the same moments."""
    logs = {
        f"second screen, a tag per {kind}": [
            at.generated("generate_second_screen.py", f"screen_{kind}_{seed}", "--tags", kind, "--seed", str(seed))
            for seed in seeds
        ]
        for kind in ("series", "episode")
    }
    innocent("Innocent second screen", logs)


def innocent(title: str, logs: dict[str, list[Path]]) -> None:
    """Campaigns (all of them false) and gatherings over all seeds, at the default scales and at single ones."""
    rows = []
    for name, stems in logs.items():
        cells = []
        for scales in (HASHTAG.scales, *((s,) for s in OTHER_SCALES)):
            say(f"detecting in {name}, {scales}")
            found = [on_hashtags(log_events(stem), scales) for stem in stems]
            false = [sum(g.claim == "campaign" for g in groups) for groups in found]
            core = sum(len(accused(groups)) for groups in found)
            gatherings = sum(len(groups) for groups in found) - sum(false)
            cells.append(f"{sum(false)} ({core} accounts); {gatherings}" if core else f"0; {gatherings}")
        rows.append([f"{name}, {len(stems)} seeds", *cells])
    heads = ["log", "default scales", *(f"{s.window}/{s.block} s" for s in OTHER_SCALES)]
    show(title, heads, rows, "False campaigns (accounts in their cores); gatherings. Sums over the seeds.")


def fandoms(_: Workshop, seeds: range) -> None:
    """Fans of two stars by the project's own simulator, retweet layer, with and without the authors of posts."""
    layer, rows = layers.every()["retweet"], []
    for seed in seeds:
        say(f"detecting in fandoms, seed {seed}")
        log, truth = simulate({"fandom": {"stars": 2}}, seed, posts=60_000)
        authors = log.select(object="post_id", source="account_id")
        acts = log.drop_nulls("retweet_of").select(
            account="account_id", object="retweet_of", time=pl.col("created_at").dt.epoch("ms")
        )
        events = acts.join(authors, on="object", how="left")
        false = [
            len(accused(detect([LayerInput("retweet", e, layer.scales, one_object=True)]).groups))
            for e in (events, events.drop("source"))
        ]
        rows.append([seed, truth.filter(pl.col("kind") == "fandom").height, *false])
    heads = ["seed", "fans and stars", "accused, authors known", "accused, authors unknown"]
    show("Innocent fandoms: accounts in cores, all false", heads, rows)


def real(at: Workshop, _: range) -> None:
    """Real debates without known coordination, and real accounts that did coordinate, the way a user asks."""
    folder = at.shared / "data"
    rows = []
    for name in ("gopdebate_aug2015_organic.parquet", "mayweather_mcgregor_tweets_CCBY4.csv.gz"):
        with filled(folder / "organic" / name) as store:
            for scale in (None, *OTHER_SCALES):
                request = Request(window=scale.window, block=scale.block) if scale else Request()
                rows.append([name, f"{scale.window}/{scale.block} s" if scale else "default", *found(store, request)])
    heads = ["file", "scale", "campaigns", "gatherings", "in cores", "layers of campaigns"]
    show("Nobody is known to coordinate", heads, rows)
    rows = []
    for name, tags in IRA.items():
        with filled(folder / "ira" / name) as store:
            rows += [[f"#{tag}", *largest(store, tag)] for tag in tags]
    heads = ["hashtag", "its accounts", "campaigns", "gatherings", "accounts in campaigns", "of the tag", "in cores"]
    show("Accounts of the Internet Research Agency, `detect --hashtag`", heads, rows)


IRA = {
    "ira_2016-03-15_2016-03-31.parquet": ("IslamKills",),
    "ira_2015-11-17_2015-12-31.parquet": ("KochFarms", "VegasGOPDebate", "Prayers4California"),
}


def found(store: Store, request: Request) -> list[object]:
    """Numbers of campaigns and gatherings, accounts in cores, and layers that speak in campaigns."""
    groups = pipeline.detect(store, request, save=False).groups
    campaigns = [g for g in groups if g.claim == "campaign"]
    spoke = sorted({e.layer for g in campaigns for e in g.layers if e.claim == "in step"})
    return [len(campaigns), len(groups) - len(campaigns), len(accused(groups)), " ".join(spoke) or "–"]


def largest(store: Store, tag: str) -> list[object]:
    """What `detect --hashtag` says of a tag's accounts."""
    detection = pipeline.detect(store, Request(hashtags=(tag,)), save=False)
    campaigns = [g for g in detection.groups if g.claim == "campaign"]
    inside = {m.id for g in campaigns for m in g.accounts}
    number = detection.run.counts["accounts"]
    return [
        number,
        len(campaigns),
        len(detection.groups) - len(campaigns),
        len(inside),
        f"{len(inside) / number:.0%}",
        len(accused(campaigns)),
    ]


PARTS: dict[str, Callable[[Workshop, range], None]] = {
    "planted": planted,
    "loaded": loaded,
    "chats": chats,
    "screens": screens,
    "fandoms": fandoms,
    "real": real,
}


def main() -> None:
    """Measure the parts that are asked for."""
    parser = options("Measure what is found and who is accused wrongly.")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="which; all if not given")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 1 to this (default: 5)")
    given = parser.parse_args()
    print(f"{circumstances()}\n", flush=True)
    for part in given.parts or PARTS:
        PARTS[part](workshop(given), range(1, given.seeds + 1))


if __name__ == "__main__":
    main()
