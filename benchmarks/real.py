"""Real posts, asked about the way a user asks: nobody known to coordinate, and accounts that did."""

from __future__ import annotations

from campaign_cypher.store import Store
from logs import WINDOWS
from samples import filled
from workshop import Workshop, say, show

from campaign import pipeline
from campaign.request import Request

ORGANIC = ("gopdebate_aug2015_organic.parquet", "mayweather_mcgregor_tweets_CCBY4.csv.gz")
IRA = {
    "ira_2016-03-15_2016-03-31.parquet": ("IslamKills",),
    "ira_2015-11-17_2015-12-31.parquet": ("KochFarms", "VegasGOPDebate", "Prayers4California"),
}


def real(at: Workshop) -> None:
    """Print what is found in real debates without known coordination, and of real accounts that did coordinate."""
    folder = at.shared / "data"
    if not folder.is_dir():
        say(f"no real posts: there is no folder {folder}")
        return
    rows: list[list[object]] = []
    for name in ORGANIC:
        with filled(folder / "organic" / name) as store:
            for scale in (None, *WINDOWS):
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


def found(store: Store, request: Request) -> list[object]:
    """Numbers of campaigns and gatherings, accounts in cores, and layers that speak in campaigns."""
    groups = pipeline.detect(store, request, save=False).groups
    campaigns = [g for g in groups if g.claim == "campaign"]
    spoke = sorted({e.layer for g in campaigns for e in g.layers if e.claim == "in step"})
    return [len(campaigns), len(groups) - len(campaigns), sum(g.core for g in campaigns), " ".join(spoke) or "–"]


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
        sum(g.core for g in campaigns),
    ]
