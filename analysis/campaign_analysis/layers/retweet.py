"""Co-retweet: accounts that pass on the same posts. The object is the original, or its text where it has no id."""

from campaign_analysis.background import Scale
from campaign_analysis.layers import Layer

LAYER = Layer(
    name="retweet",
    meaning="retweets of the same post",
    scales=(Scale(60, 1800), Scale(600, 7200), Scale(3600, 86_400)),
    one_object=True,
)
