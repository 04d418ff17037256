"""Tab after `campaign`, as bash asks for it: hashtags, queries, runs and groups of the store, and never an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from found import Found


def offered(line: str, store: Path | str) -> list[str]:
    """What is offered at the end of a line."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("CAMPAIGN_", "NEO4J_"))}
    words = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    env = {**ours, "_CAMPAIGN_COMPLETE": "complete_bash", "CAMPAIGN_STORE": str(store), **words}
    program = Path(sys.executable).with_name("campaign")
    done = subprocess.run([program], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_groups_and_runs_are_offered(found: Found) -> None:
    groups = sorted(g["id"] for g in found.answer["groups"])
    assert offered("campaign show ", found.store) == groups
    assert offered("campaign case make ", found.store) == groups
    assert offered("campaign accounts born --group ", found.store) == groups
    assert offered("campaign runs show ", found.store) == [found.run]
    assert offered("campaign runs delete ", found.store) == [found.run]
    assert offered("campaign export ", found.store) == [found.run, *groups]
    assert offered(f"campaign show {found.run[:-1]}x", found.store) == []


def test_the_store_that_the_line_names_counts(found: Found) -> None:
    assert offered(f"campaign runs show --store {found.store} ", "nowhere.lbug") == [found.run]


def test_hashtags_are_offered_as_they_were_begun(found: Found) -> None:
    tag = found.group("campaign")["hashtags"][0]["tag"]
    assert tag in offered(f"campaign detect --hashtag {tag[:4]}", found.store)
    begun = offered(f"campaign detect --hashtag {tag[:4].upper()}", found.store)
    assert tag[:4].upper() + tag[4:] in begun
    assert all(one.casefold().startswith(tag[:4]) for one in begun)


def test_queries_and_formats_are_offered(found: Found) -> None:
    assert "hashtags/names" in offered("campaign query run hashtags/", found.store)
    assert offered("campaign export x --format ge", found.store) == ["gexf"]


def test_a_store_that_is_not_there_offers_nothing(tmp_path: Path) -> None:
    assert offered("campaign show ", tmp_path / "none.lbug") == []
    assert offered("campaign detect --hashtag x", "bolt://nobody:secret@127.0.0.1:1") == []
    assert offered("campaign runs show ", "bolt://127.0.0.1:1") == []
    (tmp_path / "broken.lbug").write_bytes(b"no store")
    assert offered("campaign export ", tmp_path / "broken.lbug") == []
