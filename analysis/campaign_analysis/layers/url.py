"""Co-link: accounts whose own posts link to the same address. The site is the source of its addresses."""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="url",
    meaning="original posts with links to the same address",
    scales=SLOW,
    both="both linked to the same address",
    acts="own posts with the whole address of a link",
    sign="",
    first_seen=True,
    kept=True,
    tells=("source",),
)
