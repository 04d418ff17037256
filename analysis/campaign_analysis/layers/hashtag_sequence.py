"""Tag templates: accounts whose own posts carry the same hashtags in the same order, two or more in a post."""

from campaign_analysis.layers import QUICK, Layer

LAYER = Layer(
    name="hashtag_sequence",
    meaning="original posts with the same hashtags in the same order",
    scales=QUICK,
    both="both used the same hashtags in the same order",
    sign="",
    one_object=True,
    yields=True,
)
