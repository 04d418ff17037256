"""`campaign followers sellers`: one seller, many customers?"""

from __future__ import annotations

import typer

from campaign.options import DatabaseOption, Format, FormatOption, JsonOption, PasswordFileOption, StoreOption
from campaign.streams import tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sellers)


def sellers(
    accounts: list[str] = typer.Argument(
        None,
        metavar="[ACCOUNT]…",
        help="Customers: ids or handles (default: all whose followers are loaded).",
    ),
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Lots that several accounts share beyond what their audiences do: who got what of one stock.

    Example: campaign followers sellers --format csv
    """
    from contextlib import closing

    from campaign import output
    from campaign.market import market, sellers_rows
    from campaign.settings import open_store
    from campaign.words import counted

    def say(text: str) -> None:
        tell(text, err=True)

    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        found, names = market(graph, accounts or [], say)
    output.show(sellers_rows(found, names), Format.json if json else format)
    whose, whom = counted(found.customers, "account"), counted(found.followers, "follower")
    say(f"{whose} with {whom}; {counted(found.lots, 'lot')}")
    for number, seller in enumerate(found.sellers, 1):
        followers, customers = seller.block
        say(
            f"Seller {number}: {seller.accounts:,} accounts in lots of {len(seller.got)} customers; the densest block: "
            f"{followers:,} accounts that follow nearly all of {customers} customers."
        )
    if found.sellers:
        say(
            "“Seller” is a stock of accounts that came in lots to several customers, more than their audiences have in "
            "common. It names nobody: a customer's rival or fan can buy as well, and an account in it may be real."
        )
    else:
        say("No lots are shared. Lots mixed from accounts of all ages are out of sight, and so is what was not loaded.")
