"""Co-retweet: accounts that pass on the same posts. The object is the original, or its text where it has no id."""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="retweet",
    meaning="retweets of the same post",
    scales=SLOW,
    both="both retweeted the same post",
    acts="retweets",
    one_object=True,
    tells=("source", "born"),
)
