"""What is large in the page is packed: plotly's code and the members' posts, which its own script unpacks.

zlib's format in base64 takes 40% of plotly's 4.8 MB, and the page's text is there before the code is read.
"""

from __future__ import annotations

import base64
import json
import zlib
from functools import cache

from campaign.reporting.markup import Html, el

KIND = "application/zlib"


def packed(id: str, text: str) -> Html:
    """A block that the browser does not run, nor can anything in it end it: base64 has no sign that HTML knows."""
    return el("script", Html(base64.b64encode(zlib.compress(text.encode(), 9)).decode()), type=KIND, id=id)


def packed_json(id: str, value: object) -> Html:
    """A JSON value, packed."""
    return packed(id, json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


@cache
def plotly() -> tuple[str, Html]:
    """plotly's code as pip brings it, and the same packed."""
    from plotly.offline import get_plotlyjs

    code: str = get_plotlyjs()
    return code, packed("plotly-code", code)
