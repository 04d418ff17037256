"""GraphML, which igraph, Cytoscape, yEd and networkx read: accounts, and the pairs that are linked."""

from __future__ import annotations

import io
from collections.abc import Mapping

from campaign.exports import Format
from campaign.finding import Finding


def _files(finding: Finding) -> Mapping[str, bytes]:
    import networkx as nx

    from campaign.exports._xml import with_plain_ids

    out = io.BytesIO()
    nx.write_graphml_xml(with_plain_ids(finding.graph), out)  # not lxml's writer: the same bytes with and without it
    return {"network.graphml": out.getvalue()}


FORMAT = Format("accounts and linked pairs for igraph, Cytoscape, yEd and others", _files, endings=(".graphml",))
