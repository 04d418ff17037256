"""`campaign simulate`: an invented corpus whose truth is known."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from campaign.failures import UsageError
from campaign.streams import tell

if TYPE_CHECKING:
    import polars as pl

PLATFORM = "sim"
USUAL: dict[str, dict[str, Any]] = {"rings": {"rings": 6, "size": 30}, "chats": {"chats": 3}, "spikes": {"spikes": 3}}


class FileFormat(StrEnum):
    """Formats in which posts can be written."""

    parquet = "parquet"
    csv = "csv"
    jsonl = "jsonl"


class Audience(StrEnum):
    """What `--audience` simulates."""

    followers = "followers"
    market = "market"
    reactions = "reactions"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(simulate)


def simulate(
    context: typer.Context,
    out: Path | None = typer.Option(None, help="Folder for posts and truth.csv; made if it is not there. Required."),
    posts: int = typer.Option(100_000, min=1, help="Posts in all; the crowd writes what the groups leave."),
    accounts: int | None = typer.Option(
        None, min=100, help="Accounts of the crowd (a tenth of the posts if not given)."
    ),
    world: list[str] | None = typer.Option(
        None, metavar="NAME[:KEY=VALUE,...]", help="A world to mix in, one of --list-worlds. Repeatable."
    ),
    rings: int | None = typer.Option(
        None, min=0, help="Guilty: groups that push hashtags or retweet at agreed moments (6; 0 with --world)."
    ),
    ring_size: int | None = typer.Option(None, min=1, help="Members of a ring (30)."),
    chats: int | None = typer.Option(
        None, min=0, help="Innocent: communities with a weekly live chat (3; 0 with --world)."
    ),
    spikes: int | None = typer.Option(
        None, min=0, help="Innocent: strangers who use one hashtag within 15 minutes (3; 0 with --world)."
    ),
    series: int | None = typer.Option(
        None, min=0, help="Innocent: weekly series whose fans post after the same moments (0)."
    ),
    stars: int | None = typer.Option(None, min=0, help="Innocent: stars whose fans retweet what they post (0)."),
    days: int = typer.Option(
        28, min=1, help="Length, from 2024-03-04 to now at most; chats and series come once in seven days."
    ),
    seed: int = typer.Option(1, min=0, help="The same seed and options give the same bytes."),
    format: FileFormat = typer.Option(FileFormat.parquet, help="Format of the posts."),
    audience: Audience | None = typer.Option(
        None,
        help="Instead of posts, lists with bought lots in them: one account's followers, those of many accounts with "
        "sellers, or the reactions to one account's posts.",
    ),
    bought: float = typer.Option(
        0.1,
        min=0,
        max=0.9,
        help="With --audience: the share of followers, or of posts, that is bought (0: nothing; a market takes "
        "0 only).",
    ),
    list_worlds: bool = typer.Option(False, "--list-worlds", help="Print the worlds and their parameters, and end."),
) -> None:
    """Write an invented corpus of posts, and the truth about it.

    Example: campaign simulate --out made --posts 50000 --world burst:groups=4,turnout=0.5 --world chats:rate=2.5
    """
    if list_worlds:
        tell("\n".join(_told()))
        return
    if out is None:
        raise UsageError("no folder to write to: name one with --out")
    from campaign_analysis.simulation import Setting
    from campaign_analysis.simulation import simulate as simulate_worlds

    from campaign.asked_corpus import refuse_another_corpus, refuse_passed_over
    from campaign.places import check_folder

    refuse_passed_over(context, audience, bought)
    check_folder(out)
    if audience:
        from campaign.simulated_audiences import file_of, write_audience

        refuse_another_corpus(out, file_of(audience))
        tell(write_audience(out, audience, seed, bought), err=True)
        return
    refuse_another_corpus(out, f"posts.{format}")
    options: dict[str, dict[str, int | None]] = {
        "rings": {"rings": rings, "size": ring_size},
        "chats": {"chats": chats},
        "spikes": {"spikes": spikes},
        "second_screen": {"series": series},
        "fandom": {"stars": stars},
    }
    setting = Setting(days=days, crowd=accounts or max(1000, posts // 10))
    log, truth = simulate_worlds(_mixed(options, world or []), seed, posts=posts, setting=setting)
    path = write_corpus(out, log, truth, format)
    listed = truth.sort("guilty").unique("account_id", keep="last")
    guilty = listed["guilty"].sum()
    tell(
        f"{path}: {log.height:,} posts of {log['account_id'].n_unique():,} accounts; "
        f"{out / 'truth.csv'}: {guilty} guilty accounts, {listed.height - guilty} in innocent groups",
        err=True,
    )


def _mixed(options: dict[str, dict[str, int | None]], named: list[str]) -> dict[str, dict[str, Any]]:
    """The worlds to mix, with their parameters: those of the options, and those that are named."""
    from campaign_analysis.simulation.catalogue import asked

    from campaign.asked_corpus import refuse_said_twice, refuse_size_of_none

    mixed: dict[str, dict[str, Any]] = {} if named else {name: dict(own) for name, own in USUAL.items()}
    given = {n: {key: value for key, value in own.items() if value is not None} for n, own in options.items()}
    for name, set_ in given.items():
        if set_:
            mixed[name] = mixed.get(name, {}) | set_
    worlds = [asked(written) for written in named]
    for name, own in worlds:
        if [other for other, _ in worlds].count(name) > 1:
            raise UsageError(f"--world {name} is there twice: give its parameters once, parted by commas")
        if name == "crowd" and "posts" in own:
            raise UsageError("the crowd writes what the other worlds leave: say the number of posts with --posts")
        refuse_said_twice(name, own, given.get(name, {}))
        mixed[name] = mixed.get(name, {}) | own
    refuse_size_of_none(mixed, [name for name, _ in worlds], options["rings"]["size"])
    return mixed


def _told() -> list[str]:
    """Each world in a line, and the parameters that it has below."""
    from campaign_analysis.simulation.catalogue import described

    worlds = described()
    width = max(len(world.name) for world in worlds)
    lines = []
    for world in worlds:
        verdict = "guilty" if world.guilty else "innocent"
        lines += [f"{world.name:<{width}}  {verdict:<8}  {world.about}", f"{'':<{width}}  {'':<8}  {world.parameters}"]
    return lines


def write_corpus(out: Path, posts: pl.DataFrame, truth: pl.DataFrame, format: FileFormat = FileFormat.parquet) -> Path:
    """Write `posts.<format>` for `campaign load` and `truth.csv` to the folder `out`; return the first."""
    import polars as pl

    out.mkdir(parents=True, exist_ok=True)
    path = out / f"posts.{format}"
    table = posts.with_columns(platform=pl.lit(PLATFORM))
    if format is FileFormat.parquet:
        table.write_parquet(path)
    else:
        times = table.with_columns(pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
        (times.write_csv if format is FileFormat.csv else times.write_ndjson)(path)
    truth.write_csv(out / "truth.csv")
    return path
