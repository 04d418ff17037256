"""Co-domain: accounts whose own posts link to the same site.

Whoever follows a site's news links to it when there are some, as feeds do: nobody is in step by that alone.
"""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="domain",
    meaning="original posts with links to the same site",
    scales=SLOW,
    both="both linked to the same site",
    acts="own posts with a link to a known site",
    sign="",
    proves=False,
    kept=True,
)
