"""A hashtag's hours as a picture that needs no script: bars of acts, those of campaigns and gatherings in colour."""

from __future__ import annotations

from campaign.reporting.markup import Html, el
from campaign.reporting.numbers import moment
from campaign.reporting.view import COLOURS, EVERYBODY_ELSE
from campaign.trending.asked import Window
from campaign.trending.model import Tag

WIDTH, HEIGHT, BELOW = 800, 160, 18
CAMPAIGNS, GATHERINGS = COLOURS[0], COLOURS[1]
KINDS = (("Campaigns", CAMPAIGNS), ("Gatherings", GATHERINGS), ("Everybody else", EVERYBODY_ELSE))


def chart(tag: Tag, window: Window) -> Html:
    """Acts by hour, stacked: campaigns below, gatherings, everybody else on top."""
    most = max(1, *tag.hourly)
    wide = WIDTH / len(tag.hourly)
    bars: list[str] = []
    for hour, (acts, campaigns, gatherings) in enumerate(
        zip(tag.hourly, tag.by_campaigns, tag.by_gatherings, strict=True)
    ):
        top = float(HEIGHT)
        rest = acts - campaigns - gatherings
        for number, (_, colour) in zip((campaigns, gatherings, rest), KINDS, strict=True):
            if number:
                tall = number / most * (HEIGHT - 4)
                top -= tall
                bars.append(
                    el(
                        "rect",
                        x=f"{hour * wide:.2f}",
                        y=f"{top:.2f}",
                        width=f"{max(0.5, wide * 0.92):.2f}",
                        height=f"{tall:.2f}",
                        fill=colour,
                    )
                )
    first, last = moment(window.since), moment(window.until.replace(second=0, microsecond=0))
    ends = [
        el("text", first, x="0", y=str(HEIGHT + BELOW - 4), font_size="12", fill="currentColor"),
        el(
            "text",
            last,
            x=str(WIDTH),
            y=str(HEIGHT + BELOW - 4),
            font_size="12",
            fill="currentColor",
            text_anchor="end",
        ),
    ]
    says = f"Acts an hour, at most {most:,}, from {first} to {last} UTC: campaigns, gatherings and everybody else"
    picture = el(
        "svg",
        *bars,
        *ends,
        viewBox=f"0 0 {WIDTH} {HEIGHT + BELOW}",
        width="100%",
        role="img",
        aria_label=says,
    )
    keys = (el("li", el("span", class_="chip", style=f"background:{colour}"), name) for name, colour in KINDS)
    return el("figure", el("ul", *keys, class_="legend"), picture, el("figcaption", f"{says}."))
