"""What a layer is called in sentences: readers do not know its name in the files, such as `hashtag_sequence`."""

from __future__ import annotations

from campaign_analysis import layers

ORIGINAL = "original posts with "  # goes without saying where it is told what two accounts have in common


def behaviour(layer: str) -> str:
    """What two accounts do in it, as it stands behind `by`: `the same hashtag`, `retweets of the same post`."""
    known = layers.every().get(layer)
    return known.meaning.removeprefix(ORIGINAL) if known else layer


def own_acts(layer: str) -> str:
    """What one account does in it, as it stands behind `has` or `has no`: `own posts with a hashtag`."""
    known = layers.every().get(layer)
    return known.acts if known else f"acts of layer {layer}"


def is_talk(layer: str) -> bool:
    """Whether posts by which two talk to each other do not count in it."""
    known = layers.every().get(layer)
    return known is not None and known.talk
