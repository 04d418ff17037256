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
    from campaign.reporting.numbers import decimal
    from campaign.settings import open_store
    from campaign.words import counted

    def say(text: str) -> None:
        tell(text, err=True)

    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        audited = market(graph, accounts or [], say)
    found = audited.market
    output.show(sellers_rows(found, audited.names), Format.json if json else format)
    whose, whom = counted(found.customers, "account"), counted(found.followers, "follower")
    say(f"{whose} with {whom}; {counted(found.lots, 'lot')}")
    if audited.untold:
        customer, why = next(iter(audited.untold.items()))
        named = audited.names.get(customer, customer)
        say(f"{len(audited.untold):,} of {found.customers:,} lists could not be audited; {named}: {why}.")
    for number, seller in enumerate(found.sellers, 1):
        followers, customers = seller.block
        each = decimal(seller.in_block / max(followers, 1))
        say(
            f"Seller {number}: {seller.accounts:,} accounts in lots of {len(seller.got)} customers; the densest block: "
            f"{followers:,} accounts, each in lots of {each} of {customers} customers on average."
        )
    if found.sellers:
        say(
            "“Seller” is a stock of accounts that came in lots to several customers, more than their audiences have in "
            "common. People whom one event made join and follow the same accounts together look the same. It names "
            "nobody: a customer's rival or fan can buy as well, and an account in it may be real."
        )
    else:
        nothing = "Nothing can be concluded." if len(audited.untold) == found.customers else "No lots are shared."
        say(f"{nothing} Lots mixed from accounts of all ages are out of sight, and so is what was not loaded.")
