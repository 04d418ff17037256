"""What the data do not tell of the things that accounts act on, said where pairs in step rest on such acts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from campaign_analysis.layer_input import LayerInput
from campaign_analysis.layers import every

from campaign.layer_words import behaviour, own_acts
from campaign.words import counted

UNKNOWN = 0.1  # share of a layer's acts without a known source, or without a birth, from which it is said
UNTOLD = {
    "source": ("whose the thing is that was taken up", "people who take up all that one source posts"),
    "born": (
        "when the thing came out that was taken up",
        "people who read the same and take it up while it is new",
    ),
}


def untold_sentences(inputs: Sequence[LayerInput], edges: pl.DataFrame) -> list[str]:
    """What to know of pairs in step where the data do not say whose the objects are that they act on, or how old."""
    in_step = edges.filter(claim="in step")
    notes = []
    for layer in inputs:
        pairs = in_step.filter(layer=layer.name).height
        for column in every()[layer.name].tells if pairs else ():
            what, who = UNTOLD[column]
            known = layer.events[column].drop_nulls().len() if column in layer.events.columns else 0
            unknown = 1 - known / layer.events.height
            if unknown > UNKNOWN:
                notes.append(
                    f"For {unknown:.0%} of the {own_acts(layer.name)} the data do not say {what}: {who} look like "
                    f"accounts in step there. {_resting(pairs, in_step.height)} {behaviour(layer.name)}."
                )
    return notes


def _resting(pairs: int, of: int) -> str:
    """`All 119 pairs in step are so by`, `5 of the 119 pairs in step are so by`."""
    if pairs == of:
        return "The only pair in step is so by" if of == 1 else f"All {of:,} pairs in step are so by"
    return f"{pairs:,} of the {counted(of, 'pair')} in step {'is' if pairs == 1 else 'are'} so by"
