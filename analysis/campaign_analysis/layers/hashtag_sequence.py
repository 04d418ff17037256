"""Tag templates: accounts whose own posts carry the same hashtags in the same order, two or more in a post."""

from campaign_analysis.layers import Layer
from campaign_analysis.sessions import Scale

LAYER = Layer(
    name="hashtag_sequence",
    meaning="original posts with the same hashtags in the same order",
    scales=(Scale(60, 240), Scale(60, 1800), Scale(300, 7200)),
    both="both used the same hashtags in the same order",
    acts="own posts with two hashtags or more",
    sign="",
    one_object=True,
    yields=True,
    kept=True,
)
