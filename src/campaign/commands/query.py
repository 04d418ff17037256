"""`campaign query list | show | run | new`: the query library, whose files are also favourites of Neo4j Browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from campaign.failures import UsageError
from campaign.options import (
    DatabaseOption,
    Format,
    FormatOption,
    JsonOption,
    PasswordFileOption,
    StoreOption,
)
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl
    from campaign_cypher.queries import Catalogue, Parameter, StoredQuery
    from campaign_cypher.store import Store

QueriesOption = Annotated[
    Path | None,
    typer.Option(
        "--queries",
        metavar="FOLDER",
        help="Folder of your own queries (default: CAMPAIGN_QUERIES, campaign.toml, else `queries` beside your "
        "settings file).",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="List, show, run and make queries: the library's and your own.")
    group.command("list")(list_queries)
    group.command("show")(show)
    group.command("run")(run)
    group.command("new")(new)
    app.add_typer(group, name="query")


def _catalogue(folder: Path | None) -> Catalogue:
    """The library's queries and the user's own. Raises UsageError for a folder that was named and is not there."""
    from campaign.own_queries import catalogue
    from campaign.settings import query_folder

    if folder is not None and not folder.is_dir():
        raise UsageError(f"--queries {folder}: there is no such folder; `campaign query new` makes it")
    return catalogue(query_folder(folder))


def _ids(incomplete: str) -> list[str]:
    return [id_ for id_ in _catalogue(None).ids() if id_.startswith(incomplete)]


_ID = typer.Argument(metavar="ID", help="Id of the query, as `campaign query list` prints it.", autocompletion=_ids)


def list_queries(
    theme: str | None = typer.Argument(None, metavar="[THEME]", help="Only this theme, such as hashtags."),
    everything: bool = typer.Option(False, "--all", help="Also those that serve the commands of campaign."),
    queries: QueriesOption = None,
    format: FormatOption = Format.table,
    as_json: JsonOption = False,
) -> None:
    """List the questions that can be asked, by theme: the library's and your own.

    Example: campaign query list campaigns
    """
    import polars as pl

    from campaign import output

    found = [query for query in _readable(_catalogue(queries)) if everything or not query.for_program]
    themes = sorted({query.theme for query in found})
    if theme is not None and theme not in themes:
        raise UsageError(f"no theme {theme!r}: there are {', '.join(themes)}")
    rows = [_row(query) for query in found if theme in (None, query.theme)]
    output.show(pl.DataFrame(rows), Format.json if as_json else format)


def show(id: str = _ID, queries: QueriesOption = None) -> None:
    """Print a query's text, as Neo4j Browser and cypher-shell take it, header included.

    Example: campaign query show hashtags/top
    """
    from campaign.output import put

    put(_catalogue(queries).get(id).text)


def run(
    id: str = _ID,
    param: list[str] = typer.Option([], "--param", "-p", metavar="NAME=VALUE", help="A parameter; lists by commas."),
    limit: int | None = typer.Option(
        None, min=0, help="At most so many rows; the same as --param limit=… .", show_default=False
    ),
    queries: QueriesOption = None,
    format: FormatOption = Format.table,
    as_json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Run a query and print its rows. Accounts by id or handle, hashtags with or without #.

    Example: campaign query run hashtags/top --param since=2016-03-22 --limit 10 --format csv
    """
    from contextlib import closing

    from campaign import output
    from campaign.asking import found
    from campaign.settings import open_store

    query = _catalogue(queries).get(id)
    parameters = query.from_text(_pairs(param, limit))
    has_limit = any(p.name == "limit" for p in query.parameters)
    if limit is not None and has_limit:
        parameters["limit"] = limit
    _refuse_missing(query, parameters)
    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        query.text_for(graph.dialect)
        frame = _read(graph, query, found(graph, query, parameters))
    if limit is not None and not has_limit:
        frame = frame.head(limit)
    output.show(frame, Format.json if as_json else format)


def new(
    id: str = typer.Argument(metavar="THEME/NAME", help="Id of the new query."), queries: QueriesOption = None
) -> None:
    """Write a file for a query of your own, with a whole header, and print its path; it runs as it stands.

    Example: campaign query new hashtags/mine
    """
    from campaign import own_queries
    from campaign.output import put
    from campaign.settings import query_folder

    file = own_queries.new(id, query_folder(queries))
    put(f"{file}\n")
    tell(f"change it, then: campaign query run {id}", err=True)


def _readable(catalogue: Catalogue) -> list[StoredQuery]:
    """All queries but those that are not well written, of which stderr tells."""
    from campaign_cypher.errors import QueryError

    good = []
    for id_ in catalogue.ids():
        try:
            good.append(catalogue.get(id_))
        except QueryError as error:
            tell(f"campaign: left out: {error}", err=True)
    return good


def _row(query: StoredQuery) -> dict[str, str]:
    return {
        "id": query.id,
        "answers": query.answers,
        "parameters": " ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters),
        "stores": query.stores,
        "gives": "picture" if query.picture_of else "rows",
    }


def _read(graph: Store, query: StoredQuery, parameters: dict[str, Any]) -> pl.DataFrame:
    """The answer; where a column does not hold what the header promises, that is the query's mistake."""
    from campaign_cypher.errors import QueryError
    from polars.exceptions import PolarsError

    try:
        return graph.read(query, parameters)
    except (PolarsError, TypeError, OverflowError) as error:
        first = str(error).partition("\n")[0]
        raise QueryError(f"query {query.id}: a column is not of the type that its header says: {first}") from error


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise UsageError(f"--param {given!r} is not NAME=VALUE, as in limit=10")
    return name.strip(), value


def _pairs(given: list[str], limit: int | None) -> dict[str, str]:
    """Parameters by name. Raises UsageError where one is said twice, `--limit` counted."""
    pairs = [_pair(one) for one in given]
    names = [name for name, _ in pairs]
    if limit is not None and "limit" in names:
        raise UsageError("--limit and --param limit=… say the same: leave one of them out")
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(f"--param {twice}=… is there twice: leave one of them out; the parts of a list go by commas")
    return dict(pairs)


def _refuse_missing(query: StoredQuery, parameters: dict[str, Any]) -> None:
    """Say what a query wants before a store is opened, as wrong usage."""
    missing: list[Parameter] = [p for p in query.parameters if p.required and parameters.get(p.name) is None]
    if missing:
        wanted = "; ".join(f"--param {p.name}=… ({p.meaning})" for p in missing)
        raise UsageError(f"{query.id} wants {wanted}")
    query.bind(parameters)
