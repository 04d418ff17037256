"""GEXF 1.2, which Gephi and Gephi Lite open: accounts, and the pairs that are linked."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from importlib.metadata import version

from campaign.exports import Format
from campaign.finding import Finding


def _files(finding: Finding) -> Mapping[str, bytes]:
    import networkx as nx

    from campaign.exports._xml import with_plain_ids

    out = io.BytesIO()
    nx.write_gexf(with_plain_ids(finding.graph), out, version="1.2draft")
    # networkx writes the day and its own name into the head, which comes first: the same finding, the same bytes.
    text = re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue(), count=1)
    creator = f"<creator>campaign {version('campaign')}</creator>".encode()
    return {"network.gexf": re.sub(rb"<creator>[^<]*</creator>", creator, text, count=1)}


FORMAT = Format("accounts and linked pairs for Gephi and Gephi Lite", _files, endings=(".gexf",))
