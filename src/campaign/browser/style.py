"""The look of the graph in Neo4j Browser: a colour and a caption for each label and relationship of the model."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_cypher.model import NODES, RELATIONSHIPS


@dataclass(frozen=True)
class Look:
    """Colour, caption (text with properties in braces) and size in pixels of a label's nodes."""

    colour: str
    caption: str
    diameter: int = 50


LOOKS = {
    "Account": Look("#2478c4", "{handle}"),
    "Post": Look("#8b929b", "{text}", 40),
    "Hashtag": Look("#128a66", "#{display}", 65),
    "Url": Look("#9a7400", "{domain}", 40),
    "Image": Look("#b0508a", "{hash}", 40),
    "Snapshot": Look("#5f6b78", "{at}", 40),
    "Load": Look("#5f6b78", "{name}"),
    "Run": Look("#7a67d6", "{id}", 65),
    "Group": Look("#d1490c", "{claim} of {size}", 80),
}
PLAIN = Look("#8b929b", "{id}")
LINES = {"COORDINATED_WITH": ("#d1490c", 1, "{layer}"), "MEMBER_OF": ("#e3a07f", 1, "{role}")}
_PLAIN_LINE = ("#a5abb6", 1, "<type>")


def grass() -> str:
    """The style as a `.grass` file, which Browser takes when it is dropped on its page."""
    return "\n".join(
        [_node("node", PLAIN), *(_node(f"node.{n.label}", LOOKS.get(n.label, PLAIN)) for n in NODES), *_lines()]
    )


def _lines() -> list[str]:
    named = (_line(f"relationship.{r.type}", *LINES.get(r.type, _PLAIN_LINE)) for r in RELATIONSHIPS)
    return [_line("relationship", *_PLAIN_LINE), *named]


def _node(selector: str, look: Look) -> str:
    rules = {
        "diameter": f"{look.diameter}px",
        "color": look.colour,
        "border-color": look.colour,
        "border-width": "2px",
        "text-color-internal": "#FFFFFF",
        "font-size": "10px",
        "caption": f'"{look.caption}"',
    }
    return _block(selector, rules)


def _line(selector: str, colour: str, width: int, caption: str) -> str:
    rules = {
        "color": colour,
        "shaft-width": f"{width}px",
        "font-size": "8px",
        "padding": "3px",
        "text-color-external": "#000000",
        "text-color-internal": "#FFFFFF",
        "caption": f'"{caption}"',
    }
    return _block(selector, rules)


def _block(selector: str, rules: dict[str, str]) -> str:
    return "\n".join([f"{selector} {{", *(f"  {name}: {value};" for name, value in rules.items()), "}", ""])
