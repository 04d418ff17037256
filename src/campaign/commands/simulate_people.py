"""`campaign simulate-people`: invented profiles, some of them copied, whose truth is known."""

from __future__ import annotations

from pathlib import Path

import typer

from campaign.streams import tell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="simulate-people")(simulate_people)


def simulate_people(
    out: Path = typer.Option(..., help="Folder for profiles.parquet and copies.csv; made if it is not there."),
    accounts: int = typer.Option(20_000, min=1, help="Innocent people."),
    clones: int = typer.Option(100, min=0, help="Accounts that copy one of them."),
    parodies: int = typer.Option(20, min=0, help="Accounts that copy one of them and say so."),
    seed: int = typer.Option(1, min=0, help="The same seed and options give the same bytes."),
) -> None:
    """Write invented profiles with Indian, Turkish, Arabic and English names, and who copied whom.

    Example: campaign simulate-people --out people --accounts 20000 --clones 100
    """
    from campaign_analysis.simulation.people import simulate_profiles

    from campaign.places import check_folder

    check_folder(out)
    profiles, truth = simulate_profiles(accounts, clones, seed, parodies=parodies)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "profiles.parquet"
    profiles.drop("culture").write_parquet(path)
    truth.write_csv(out / "copies.csv")
    tell(
        f"{path}: {profiles.height:,} profiles; {out / 'copies.csv'}: {clones:,} clones, {parodies:,} parodies",
        err=True,
    )
