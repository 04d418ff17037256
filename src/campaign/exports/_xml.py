"""What XML cannot hold, in the ids of a graph's nodes."""

from __future__ import annotations

import networkx as nx

from campaign.reporting.markup import clean


def with_plain_ids(graph: nx.Graph) -> nx.Graph:
    r"""The graph with ids that XML can hold: each forbidden character is written as \uXXXX, so that no two meet."""
    odd = {node: spelled(node) for node in graph if clean(node) != node}
    return nx.relabel_nodes(graph, odd) if odd else graph


def spelled(node: str) -> str:
    r"""A name in which each character that XML forbids is written as \uXXXX."""
    return "".join(char if clean(char) == char else f"\\u{ord(char):04x}" for char in node)
