"""Co-quote: accounts that quote the same posts. The author of the quoted post is its source."""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="quote",
    meaning="quotes of the same post",
    scales=SLOW,
    both="both quoted the same post",
    acts="quotes",
    one_object=True,
    tells=("source", "born"),
)
