"""Co-image: accounts whose own posts show the same image, where the data have hashes of images."""

from campaign_analysis.layers import SLOW, Layer

LAYER = Layer(
    name="image",
    meaning="original posts with the same image",
    scales=SLOW,
    both="both showed the same image",
    acts="own posts with an image",
    sign="",
    yields=True,
    kept=True,
    tells=("born",),
)
