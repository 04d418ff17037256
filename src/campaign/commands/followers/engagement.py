"""`campaign followers engagement`: were retweets and likes bought?"""

from __future__ import annotations

import typer

from campaign.options import DatabaseOption, Format, FormatOption, JsonOption, PasswordFileOption, StoreOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(engagement)


def engagement(
    account: str = typer.Argument(help="Whose posts: id or handle."),
    format: FormatOption = Format.table,
    json: JsonOption = False,
    store: StoreOption = None,
    password_file: PasswordFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Crowds that retweet or like some of an account's posts, the same accounts each time, within minutes.

    Example: campaign followers engagement somebody
    """
    from contextlib import closing

    from campaign import output
    from campaign.market import crowd_rows, crowd_sentence, engaged
    from campaign.reporting.numbers import probability
    from campaign.settings import open_store

    with closing(open_store(store, password_file=password_file, database=database, read_only=True)) as graph:
        name, found = engaged(graph, account)
    output.show(crowd_rows(found), Format.json if json else format)
    about = f"{name}: {found.reactions:,} reactions of {found.accounts:,} accounts to {found.posts:,} posts"
    said = [about + (f"; nothing can be concluded: {found.why_not}." if found.why_not else ".")]
    if found.crowds:
        said += [f"Crowd {number}: {crowd_sentence(crowd)}" for number, crowd in enumerate(found.crowds, 1)]
        said.append(
            f"So strong a crowd comes by chance alone in {probability(found.p)} of such accounts. Portals deliver so; "
            "readers of one topic, language or time zone who see such posts first, and fans who agreed to react at "
            "once, look the same. It does not say who paid, and it convicts no account."
        )
    if found.untimed:
        said.append(
            f"To {found.untimed:,} of the posts so few reactions have a time or a place in a list that it could not be "
            "looked at whether they came in one go."
        )
    if not found.crowds and not found.why_not:
        said.append("No crowd comes back to some posts in one go, beyond fans. That clears nobody.")
    output.remark(said)
