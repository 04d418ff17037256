"""Co-hashtag: accounts whose own posts carry the same hashtag. Retweets are the retweet layer's."""

from campaign_analysis.layers import QUICK, Layer

LAYER = Layer(
    name="hashtag",
    meaning="original posts with the same hashtag",
    scales=QUICK,
    both="both used the same hashtag",
    acts="own posts with a hashtag",
    sign="#",
    yields=True,
    kept=True,
)
