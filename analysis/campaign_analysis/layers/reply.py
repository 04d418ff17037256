"""Co-reply: accounts that reply to the same posts. The author of the post replied to is its source."""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="reply",
    meaning="replies to the same post",
    scales=SLOW,
    both="both replied to the same post",
    acts="replies",
    one_object=True,
    tells=("source", "born"),
)
