"""Co-text: accounts whose own posts say nearly the same. The object is a cluster of near-duplicate texts."""

from campaign_analysis.layers import Layer
from campaign_analysis.sessions import Scale
from campaign_analysis.text_clusters import FEWEST_WORDS, text_objects

LAYER = Layer(
    name="text",
    meaning="original posts with nearly the same text",
    scales=(Scale(60, 1800), Scale(3600, 86_400)),
    both="both posted nearly the same text",
    acts=f"own posts that nearly repeat somebody else's text (of {FEWEST_WORDS} words or more)",
    objects=text_objects,
    one_object=True,
    kept=True,
    tells=("born",),
)
