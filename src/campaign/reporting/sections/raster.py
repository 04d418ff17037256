"""Who posts when: one row of dots an account, so that acting at once shows as a vertical line."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from campaign import words
from campaign.reporting.charts import GRID, Trace, chart, legend, time_axis
from campaign.reporting.markup import Html, chart_text, clean, el
from campaign.reporting.sections import Section
from campaign.reporting.timescale import Scale, close_up, whole
from campaign.reporting.view import View

MEMBER_ROWS = 800
OTHER_ROWS = 700
DOTS = 6_000
ROW_HEIGHT = 4
CLICK = "A click on a coloured dot shows what its account posted."


@dataclass(frozen=True)
class Sample:
    """The posts that are drawn (with `row`, the account's place by its first post), and what was left out, in words."""

    posts: pl.DataFrame
    rows: int
    rule: str


def raster(view: View) -> Html:
    """The section; without posts it says so."""
    heading = el("h2", "Who posts when")
    if view.posts.is_empty():
        return el("section", heading, el("p", "There are no posts to show."), id="who")
    drawn = sample(view)
    scale = close_up(view.posts["at"]) or whole(view.posts["at"])
    layout = {
        "meta": _rows(view, drawn) | {"whole": _ends(whole(view.posts["at"]))},
        "hovermode": "closest",
        "xaxis": time_axis(scale.start, scale.end) | {"showgrid": True, "gridcolor": GRID},
        "yaxis": {
            "range": [drawn.rows, -1],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "margin": {"l": 8, "r": 8, "t": 12, "b": 40},
    }
    says = f"Each row is an account, ordered by its first post; each dot is a post. {drawn.rule}"
    height = round(min(900, max(260, drawn.rows * ROW_HEIGHT)))
    legends = legend(view)
    picture = chart(
        "raster", _dots(view, drawn), layout, height, says, f"{says} {CLICK}" if view.people else says, data_clock="all"
    )
    return el("section", heading, el("p", _reading(view)), legends, picture, id="who")


def sample(view: View) -> Sample:
    """At most 800 members and 700 others (every k-th by first post), and at most 9,000 of their posts (every k-th)."""
    accounts = view.posts.group_by("account").agg(pl.col("at").min().alias("first"), pl.col("series").first())
    accounts = accounts.sort("first", "account")
    mine = pl.col("series") < len(view.series) - 1
    members, others = accounts.filter(mine), accounts.filter(~mine)
    step_members, step_others = _step(members.height, MEMBER_ROWS), _step(others.height, OTHER_ROWS)
    kept = pl.concat([members.gather_every(step_members), others.gather_every(step_others)])
    rows = kept.sort("first", "account").select("account").with_row_index("row")
    posts = view.posts.join(rows, on="account").sort("at", "post", "account")
    step = _step(posts.height, DOTS)
    rule = [
        _kept(step_members, members.height, "of the groups' accounts"),
        _kept(step_others, others.height, "of the other accounts" if view.groups else "of the accounts"),
        _kept(step, posts.height, "of these accounts' posts"),
    ]
    said = "; ".join(part for part in rule if part)
    return Sample(
        posts.gather_every(step), rows.height, f"Drawn: {said}." if said else "All accounts and posts are drawn."
    )


def _step(number: int, most: int) -> int:
    return max(1, -(-number // most))


def _kept(step: int, number: int, what: str) -> str:
    if not number:
        return ""
    return f"all {number:,} {what}" if step == 1 else f"one in {step:,} {what} ({number:,})"


def _dots(view: View, drawn: Sample) -> list[Trace]:
    # Everybody else first, so that the groups lie on top.
    order = [len(view.series) - 1, *range(len(view.series) - 1)]
    return [trace for number in order if (trace := _series(view, drawn, number))]


def _series(view: View, drawn: Sample, number: int) -> Trace | None:
    posts = drawn.posts.filter(pl.col("series") == number)
    if posts.is_empty():
        return None
    series, member = view.series[number], number < len(view.series) - 1
    return {
        "type": "scatter",
        "mode": "markers",
        "x": posts["at"].to_list(),
        "y": posts["row"].to_list(),
        "marker": {"color": series.colour, "size": 4 if member else 3, "opacity": 0.9 if member else 0.6},
        "name": series.label,
        "hovertemplate": f"%{{text}}<br>%{{x}}<extra>{series.label}</extra>",
    }


def _reading(view: View) -> str:
    if not view.groups:
        return "Accounts that act at once would show as vertical lines of dots."
    groups = words.counted(len(view.groups), "group")
    return f"{groups} in colour: accounts that act at once show as vertical lines of dots."


def _rows(view: View, drawn: Sample) -> dict[str, list[str]]:
    """Each row's label, once, for the dots' words; and its account where its posts are in the page."""
    first = drawn.posts.unique("row", keep="first", maintain_order=True).select("row", "label", "account")
    labels, accounts = [""] * drawn.rows, [""] * drawn.rows
    for row, label, account in first.iter_rows():
        labels[row] = chart_text(label)
        accounts[row] = clean(account) if account in view.people else ""
    return {"labels": labels, "accounts": accounts}


def _ends(scale: Scale) -> list[int]:
    return [scale.start, scale.end]


SECTION = Section(40, raster)
