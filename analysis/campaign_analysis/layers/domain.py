"""Co-domain: accounts whose own posts link to the same site."""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="domain",
    meaning="original posts with links to the same site",
    scales=SLOW,
    both="both linked to the same site",
    sign="",
)
