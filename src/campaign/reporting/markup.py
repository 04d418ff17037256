"""HTML by construction: whatever is not `Html` already is text and is escaped, so that no text becomes markup.

Names, handles, hashtags and posts come from strangers. There is no way to put them into the page but through `el`
(escaped) and `data_block` (JSON that cannot end its script element).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable

TEXT_LENGTH = 280  # of a post
_LINE_ENDS = re.compile(r"\r\n?")
# Control characters (but tab and newline), which HTML forbids and terminals obey.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
# Characters that turn the direction of what follows; harmless only inside an element that isolates them.
_DIRECTIONS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_VOID = frozenset({"meta", "br", "col"})


class Html(str):
    """Text that is markup already. Joining it to plain text with + or an f-string gives plain text again."""

    __slots__ = ()


def clean(text: str) -> str:
    """Text without control characters and without halves of surrogate pairs, each replaced by �."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("�", _LINE_ENDS.sub("\n", whole))


def one_line(text: str) -> str:
    """Clean text without line ends or changes of direction, for terminals and for labels in a chart."""
    return " ".join(_DIRECTIONS.sub("", clean(text)).split())


def escape(value: str) -> Html:
    """Markup as it is; any other text cleaned and escaped, for contents and for attributes."""
    return value if isinstance(value, Html) else Html(html.escape(clean(value)))


def join(parts: Iterable[str]) -> Html:
    """One piece of markup of many, escaping those that are plain text."""
    return Html("".join(map(escape, parts)))


def el(name: str, /, *children: str, **attributes: str) -> Html:
    """An element. Attribute names lose a last `_` and turn other `_` into `-`: class_, aria_label, data_sort."""
    written = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{html.escape(clean(value))}"' for key, value in attributes.items()
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def stranger(text: str, name: str = "bdi", /, **attributes: str) -> Html:
    """Somebody else's words, in an element that keeps their direction of writing to itself (as bdi does anyway)."""
    return el(name, text, **attributes) if name == "bdi" else el(name, text, dir="auto", **attributes)


def shortened(text: str) -> str:
    """At most 280 characters, and a mark where more was."""
    return text if len(text) <= TEXT_LENGTH else text[:TEXT_LENGTH].rstrip() + " …"


def chart_text(text: str) -> str:
    """Text for a chart's label: plotly reads a few tags and entities in it, so that these are escaped."""
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def data_block(id: str, value: object) -> Html:
    """A JSON value for the page's own script: a block that the browser does not run and that nothing in it can end."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Html(f'<script type="application/json" id="{html.escape(id)}">{text}</script>')
