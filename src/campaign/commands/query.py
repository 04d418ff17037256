"""`campaign query list | show | run`: the stored queries, which are also files for Neo4j Browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    PasswordFileOption,
    StoreOption,
)

if TYPE_CHECKING:
    from campaign_cypher.queries import Parameter, StoredQuery


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="List, show and run the stored queries.")
    group.command("list")(list_queries)
    group.command("show")(show)
    group.command("run")(run)
    app.add_typer(group, name="query")


def _ids(incomplete: str) -> list[str]:
    from campaign_cypher.queries import all_queries

    return [query.id for query in all_queries() if query.id.startswith(incomplete)]


_ID = typer.Argument(metavar="ID", help="Id of the query, as `campaign query list` prints it.", autocompletion=_ids)


def list_queries(format: FormatOption = Format.table, as_json: JsonOption = False) -> None:
    """List the stored queries.

    Example: campaign query list
    """
    import polars as pl
    from campaign_cypher.queries import all_queries

    from campaign import output

    rows = [
        {
            "id": query.id,
            "answers": query.answers,
            "parameters": " ".join(p.name for p in query.parameters),
            "stores": "both" if query.portable or query.embedded else "neo4j",
        }
        for query in all_queries()
    ]
    output.show(pl.DataFrame(rows), Format.json if as_json else format)


def show(id: str = _ID) -> None:
    """Print a query's text, as Neo4j Browser and cypher-shell take it, header included.

    Example: campaign query show hashtags/top
    """
    from campaign_cypher.queries import get

    typer.echo(get(id).text, nl=False)


def run(
    id: str = _ID,
    param: list[str] = typer.Option([], "--param", "-p", metavar="NAME=VALUE", help="A parameter; lists by commas."),
    limit: int | None = typer.Option(
        None, min=0, help="At most so many rows; the same as --param limit=… .", show_default=False
    ),
    format: FormatOption = Format.table,
    as_json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Run a stored query and print its rows.

    Example: campaign query run hashtags/top --param since=2016-03-22 --limit 10 --format csv
    """
    from contextlib import closing

    from campaign_cypher.queries import get

    from campaign import output
    from campaign.settings import open_store

    query = get(id)
    parameters = query.from_text(dict(_pair(given) for given in param))
    has_limit = any(p.name == "limit" for p in query.parameters)
    if limit is not None and has_limit:
        parameters["limit"] = limit
    _refuse_missing(query, parameters)
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        frame = graph.read(query, parameters)
    if limit is not None and not has_limit:
        frame = frame.head(limit)
    output.show(frame, Format.json if as_json else format)


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise typer.BadParameter(f"{given!r} is not NAME=VALUE, as in limit=10", param_hint="--param")
    return name.strip(), value


def _refuse_missing(query: StoredQuery, parameters: dict[str, object]) -> None:
    """Say what a query wants before a store is opened, as wrong usage."""
    missing: list[Parameter] = [p for p in query.parameters if p.required and parameters.get(p.name) is None]
    if missing:
        wanted = "; ".join(f"--param {p.name}=… ({p.meaning})" for p in missing)
        raise typer.BadParameter(f"{query.id} wants {wanted}", param_hint="--param")
    query.bind(parameters)
