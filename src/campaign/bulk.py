"""`load --bulk`: the whole input into files, and the files into an empty Neo4j by its own importer."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from campaign_cypher.bulk.files import BulkFiles
from campaign_cypher.bulk.local import DATABASE, LocalServer, fill, local_server, refuse_if_filled, staging
from campaign_cypher.bulk.text import COMMAND, OPTIONS
from campaign_cypher.server import default_home
from campaign_cypher.target import StoreTarget
from campaign_loader import Inputs, Progress, ReadOptions, Report, load

from campaign.failures import UsageError

FOLDER = "campaign-bulk"
Load = Callable[[BulkFiles], Report]
Say = Callable[[str], None]


def refuse_embedded(target: StoreTarget) -> None:
    """Raises UsageError for an embedded store."""
    if not target.is_neo4j:
        raise UsageError(
            f"--bulk is for a Neo4j, and {target.address} is an embedded store, which is fast without it: "
            "leave it out, or give --store bolt://127.0.0.1:7687 for the one of this machine"
        )


def bulk_load(
    inputs: Inputs,
    target: StoreTarget,
    options: ReadOptions,
    rejects: Path,
    progress: Callable[[Progress], None],
    say: Say,
) -> tuple[Report, str | None]:
    """Fill a local server, or write the files for another; the account of the load, and the command for the other.

    The target is no embedded store (`refuse_embedded`). Raises StoreError where the database is not empty or the import
    fails, LoadError where an input cannot be read.
    """

    def read(files: BulkFiles) -> Report:
        return load(inputs, files, options, rejects=rejects, progress=progress)

    local = local_server(target.address, default_home())
    if local is None:
        return _for_another(target, read)
    return _into(local, read, say), None


def _into(local: LocalServer, read: Load, say: Say) -> Report:
    refuse_if_filled(local, say)
    with staging(local) as folder:
        files = BulkFiles(folder, local.address)
        report = read(files)
        if report.read:  # a file of which no row could be taken leaves the database empty, to be filled
            report.counts = fill(local, files, say)
    expected = files.counts()
    report.differences = {name: n - expected[name] for name, n in report.counts.items() if n != expected[name]}
    return report


def _for_another(target: StoreTarget, read: Load) -> tuple[Report, str]:
    """Files in a folder here, and the command that imports them where the server is."""
    folder, unfinished = Path(FOLDER), Path(f"{FOLDER}.part")
    if folder.exists():
        raise UsageError(f"{FOLDER} is here already, from a bulk load before: use, rename or remove it first")
    shutil.rmtree(unfinished, ignore_errors=True)
    files = BulkFiles(unfinished, target.address)
    report = read(files)
    arguments = files.finish()
    unfinished.rename(folder)
    command = ["neo4j-admin", *COMMAND, target.database or DATABASE, *OPTIONS, *arguments]
    return report, f"cd {FOLDER} && {shlex.join(command)}"
