"""A log of the declared set with one seed, ready to be looked at, and its truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from campaign_analysis.detect import LayerInput, detect
from campaign_analysis.layer_input import input_of
from campaign_analysis.layers import every
from campaign_analysis.results import Group
from campaign_analysis.sessions import Scale
from campaign_analysis.simulation import Setting, simulate
from campaign_analysis.simulation.events import inputs_of
from campaign_cypher import StoreTarget, connect
from campaign_cypher.store import Store
from campaign_loader import ReadOptions, load
from logs import Generated, Log, Simulated
from workshop import Workshop

from campaign import pipeline
from campaign.request import Request

PLATFORM = "bench"
TRUTH = {
    "account_id": pl.String,
    "group": pl.String,
    "kind": pl.String,
    "guilty": pl.Boolean,
    "core": pl.Boolean,
    "turnout": pl.Float64,
}

Detected = tuple[Sequence[Group], pl.DataFrame]  # groups and edges


@dataclass(frozen=True)
class Sample:
    """`look` detects at a false discovery rate and a scale (None: the layers' own); `truth` is as `judge` wants it."""

    posts: int
    truth: pl.DataFrame
    look: Callable[[float, Scale | None], Detected]


@contextmanager
def opened(log: Log, seed: int, at: Workshop) -> Iterator[Sample]:
    """The sample, for as long as its store is needed."""
    if isinstance(log, Simulated):
        yield _simulated(log, seed)
    elif isinstance(log, Generated):
        stem = at.generated(log.script, f"{log.stem}_{seed}", *log.options, "--seed", str(seed))
        if log.stored:
            with filled(Path(f"{stem}.posts.parquet")) as store:
                yield _stored(store, truth_of(stem, f"{PLATFORM}:"))
        else:
            yield _of_hashtags(stem)


@contextmanager
def filled(path: Path) -> Iterator[Store]:
    """A store in a temporary folder that holds a file."""
    with (
        TemporaryDirectory(prefix="campaign-evaluate-") as folder,
        closing(connect(StoreTarget(str(Path(folder) / "store.lbug")))) as store,
    ):
        load([str(path)], store, ReadOptions(platform=PLATFORM))
        yield store


def _simulated(log: Simulated, seed: int) -> Sample:
    worlds = {"crowd": {"posts": log.posts}, **log.worlds}
    posts, truth = simulate(worlds, seed, setting=Setting(**log.setting))
    posts = posts.with_columns(pl.col("created_at").dt.truncate(f"{log.clock}s"))
    return Sample(posts.height, truth, _looking(inputs_of(posts, log.layers, log.sources)))


def _of_hashtags(stem: Path) -> Sample:
    hashtags = hashtags_of(stem)
    posts = hashtags.events.select("account", "time").n_unique()
    return Sample(posts, truth_of(stem), _looking([hashtags]))


def hashtags_of(stem: Path) -> LayerInput:
    """The hashtag layer of a generated log."""
    time = pl.col("timestamp_share").cast(pl.Int64) * 1000
    events = pl.read_parquet(f"{stem}.long.parquet").select(account="account_id", object="object_id", time=time)
    return input_of(every()["hashtag"], events)


def _looking(inputs: list[LayerInput]) -> Callable[[float, Scale | None], Detected]:
    def look(fdr: float, scale: Scale | None) -> Detected:
        found = detect([replace(i, scales=(scale,)) for i in inputs] if scale else inputs, fdr=fdr)
        return found.groups, found.edges

    return look


def _stored(store: Store, truth: pl.DataFrame) -> Sample:
    def look(fdr: float, scale: Scale | None) -> Detected:
        request = Request(fdr=fdr, placebos=0)
        if scale:
            request = replace(request, window=scale.window, block=scale.block)
        found = pipeline.detect(store, request, save=False)
        return found.groups, found.edges

    return Sample(store.counts()["Post"], truth, look)


def truth_of(stem: Path, prefix: str = "") -> pl.DataFrame:
    """The truth beside a generated log, empty where nobody is guilty; `prefix` is what a store puts before an id.

    Who of a ring of thirty acts twelve times by turns of 35 % or more acts twice but for one in a hundred: everybody
    is taken as findable.
    """
    accounts = Path(f"{stem}.truth_accounts.csv")
    if not accounts.exists():
        return pl.DataFrame(schema=TRUTH)
    turnouts = pl.read_csv(f"{stem}.truth_events.csv").select("group", turnout="participation").unique()
    return (
        pl.read_csv(accounts)
        .join(turnouts, on="group")
        .select(
            account_id=prefix + pl.col("account_id"),
            group=pl.format("{}-{}", "kind", "group"),
            kind=pl.format("{} tags", "kind"),
            guilty=True,
            core=True,
            turnout="turnout",
        )
    )
