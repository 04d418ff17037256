"""Co-hashtag: accounts whose own posts carry the same hashtag. Retweets are the retweet layer's."""

from campaign_analysis.background import Scale
from campaign_analysis.layers import Layer

LAYER = Layer(
    name="hashtag",
    meaning="original posts with the same hashtag",
    scales=(Scale(60, 240), Scale(60, 1800), Scale(60, 7200)),
)
