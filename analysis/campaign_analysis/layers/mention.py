"""Co-mention: accounts whose own posts name the same account. Replies name whom they answer, and are left out."""

from campaign_analysis.layers import QUICK, Layer

LAYER = Layer(
    name="mention",
    meaning="original posts that name the same account",
    scales=QUICK,
    both="both named the same account",
    sign="",
    yields=True,
)
