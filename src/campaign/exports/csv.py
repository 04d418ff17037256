"""Two CSV files as Gephi's import of spreadsheets wants them: nodes (`Id,Label`) and edges (`Source,Target,…`)."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.exports import Format
from campaign.finding import Finding
from campaign.network import PROFILE
from campaign.spreadsheet import table

NODE = ("group", "group_id", "claim", "role", "episodes", "expected", "p", *PROFILE)
EDGE = ("claim", "layers", "n", "expected", "p")


def _files(finding: Finding) -> Mapping[str, bytes]:
    graph = finding.graph
    nodes = ((node, about["label"], *(about.get(name) for name in NODE)) for node, about in graph.nodes(data=True))
    edges = (
        (a, b, "Undirected", about["weight"], *(about.get(name) for name in EDGE))
        for a, b, about in graph.edges(data=True)
    )
    return {
        "nodes.csv": table(("Id", "Label", *NODE), nodes).encode("utf-8", "replace"),
        "edges.csv": table(("Source", "Target", "Type", "Weight", *EDGE), edges).encode("utf-8", "replace"),
    }


FORMAT = Format("nodes.csv and edges.csv, as Gephi and spreadsheets read them", _files, endings=(".csv",), folder=True)
