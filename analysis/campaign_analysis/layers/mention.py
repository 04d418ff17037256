"""Co-mention: accounts whose own posts name the same account. Replies name whom they answer, and are left out."""

from campaign_analysis.layers import Layer
from campaign_analysis.sessions import Scale

LAYER = Layer(
    name="mention",
    meaning="original posts that name the same account",
    scales=(Scale(60, 240), Scale(60, 1800), Scale(600, 7200)),
    both="both named the same account",
    acts="own posts, other than replies, that name an account",
    sign="",
    talk=True,
    yields=True,
)
