"""Write docs/queries.md out of the headers of the query library.

    python docs/generate_queries.py

tests/test_docs_queries.py holds the file against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from campaign_cypher.queries import Parameter, StoredQuery, all_queries

PAGE = Path(__file__).with_name("queries.md")
HEAD = """# The query library

Made by `python docs/generate_queries.py` from the headers of the queries; do not edit it here.

{tables} questions that investigators ask of the graph, and {pictures} pictures for Neo4j Browser, which draw the
answers of some of them as nodes and relationships. `campaign query list` lists them, `campaign query show ID` prints
one as Browser and `cypher-shell -f` take it, `campaign query run ID -p name=value` prints its answer as table, JSON
or CSV:

```sh
campaign query run hashtags/first_users -p tag=#EarnestDaisy --limit 10
campaign query run campaigns/made_together -p group_id=1f3a-1 -p days=3 --format csv
campaign query run runs/changes -p run=1f3a -p before=0c2b --json
```

Accounts are given by id or, where only one has it, by handle; hashtags with or without #, in any case of letters. A
name that is not in the store is said, with near ones. Lists are parted by commas. Times are in UTC: `2016-03-22` or
`2016-03-22T14:00`. Parameters with a default are in brackets; `limit`, `since` and `until` mean the same everywhere:
at most so many rows, first and last moment, both included. Those that took over two seconds on a million posts (two
cores, the embedded store and Neo4j 2026.08 with 2 GB of heap) say so.

`both` runs on the embedded store and on Neo4j, `Neo4j` on Neo4j only. Each answer is held against rows known by hand
and against a second way to compute it, on the embedded store and on Neo4j 5.26 and 2026.08.

## Your own queries

`campaign query new THEME/NAME` writes a file with a whole header that runs as it stands; change it, and `campaign
query list`, `show` and `run` know it. It goes into your own folder: `--queries FOLDER`, else CAMPAIGN_QUERIES, else
`queries = "…"` in `campaign.toml`, else `queries` beside your own settings file ([graph.md](graph.md) says where that
is). A query of yours with the id of one of the library is asked in its place. Queries only read: one that writes is
refused. Its header:

| line | says |
|---|---|
| `// Title` | first line; Browser takes it as the name of the favourite |
| `// answers: …?` | the question |
| `// parameter name: type = default -- meaning` | string, integer, float, boolean, time or strings |
| `// column name: type -- meaning` | a column of the answer; `graph` is a node, relationship or path |
| `// portable: yes` | the same text runs on both stores; `no`: an embedded text is `name.embedded.cypher`, if any |
| `// unordered: name` | columns whose lists are sets |
| `// picture of: theme/name` | the query whose answer it draws |
| `// slow: 5 s on 1 M posts` | where it takes long |

A parameter without a default must be given. Those of these names are looked up before the query is asked: `account`,
`accounts`, `ids`, `a` and `b` (accounts), `tag`, `tags`, `run`, `before`, `group_id`, `other_id`.
"""


def page() -> str:
    """The whole page."""
    library = [query for query in all_queries() if not query.for_program]
    pictures = sum(1 for query in library if query.picture_of)
    head = HEAD.format(tables=len(library) - pictures, pictures=pictures)
    parts = [_theme(theme, list(found)) for theme, found in groupby(library, key=lambda query: query.theme)]
    return "\n".join([head, *parts])


def _theme(theme: str, found: list[StoredQuery]) -> str:
    head = [f"## {theme}", "", "| id | question | parameters | stores |", "|---|---|---|---|"]
    return "\n".join([*head, *(_row(query) for query in found), ""])


def _row(query: StoredQuery) -> str:
    question = " ".join(_notes(query))
    parameters = " ".join(f"`{_parameter(p)}`" for p in query.parameters)
    stores = "both" if query.stores == "both" else "Neo4j"
    return f"| `{query.id}` | {question} | {parameters} | {stores} |"


def _notes(query: StoredQuery) -> Iterator[str]:
    yield query.answers.replace("|", "\\|")
    if query.picture_of:
        yield f"Draws `{query.picture_of}`."
    if query.slow:
        yield f"Slow: {query.slow}."


def _parameter(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
