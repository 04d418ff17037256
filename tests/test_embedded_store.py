"""The embedded store's own matters: its file, its schema, and who else uses it."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from campaign_cypher import StoreTarget, connect, queries, schema
from campaign_cypher.embedded import EmbeddedStore
from campaign_cypher.errors import StoreError
from campaign_cypher.model import NODES, RELATIONSHIPS
from small_graph import small_batch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.lbug"


def test_schema_makes_every_table_once(path: Path) -> None:
    store = EmbeddedStore(path)
    names = {n.label for n in NODES} | {r.type for r in RELATIONSHIPS} | {schema.LABEL}
    assert set(store.apply_schema()) == names
    assert store.apply_schema() == []
    store.close()


def test_what_was_written_is_there_after_reopening(path: Path) -> None:
    store = EmbeddedStore(path)
    store.apply_schema()
    store.write(small_batch())
    counts = store.counts()
    store.close()
    again = EmbeddedStore(path, read_only=True)
    assert again.counts() == counts
    again.close()


def test_a_store_goes_on_after_it_gave_back_its_memory(path: Path) -> None:
    with closing(EmbeddedStore(path)) as store:
        store.apply_schema()
        store.release()
        store.write(small_batch())
        counts = store.counts()
        store.release()
        assert store.counts() == counts


def test_threads_read_at_the_same_time(path: Path) -> None:
    query = queries.get("overview/counts")
    with closing(EmbeddedStore(path)) as store, ThreadPoolExecutor(4) as pool:
        store.apply_schema()
        store.write(small_batch())
        alone = store.read(query)
        assert all(found.equals(alone) for found in pool.map(lambda _: store.read(query), range(40)))


def test_parts_of_a_union_answer_in_the_order_of_the_text(path: Path) -> None:
    query = queries.get("overview/counts")
    with closing(EmbeddedStore(path)) as store:
        store.apply_schema()
        answers = [store.read(query)["name"].to_list() for _ in range(20)]
    assert answers == [re.findall(r"RETURN '(\w+)'", query.text)] * 20


def test_newer_schema_is_refused(path: Path) -> None:
    import ladybug

    store = EmbeddedStore(path)
    store.apply_schema()
    store.close()
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute(f"CREATE (:{schema.LABEL} {{version: {schema.VERSION + 1}, name: 'later'}})")
    with pytest.raises(StoreError, match=r"newer campaign.*update campaign"):
        EmbeddedStore(path)
    with pytest.raises(StoreError, match="newer"):  # and the refusal did not keep the file locked
        EmbeddedStore(path)


def test_somebody_elses_tables_are_refused_unless_forced(path: Path) -> None:
    import ladybug

    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Cargo(id INT64 PRIMARY KEY)")
    store = EmbeddedStore(path)
    with pytest.raises(StoreError, match=r"somebody else's tables \(Cargo\)"):
        store.apply_schema()
    store.close()
    forced = EmbeddedStore(path, force=True)
    assert "Account" in forced.apply_schema()
    forced.close()


def test_a_file_in_use_by_another_process_is_said(path: Path) -> None:
    hold = "import sys, ladybug; d = ladybug.Database(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline().strip() == "held"
        with pytest.raises(StoreError, match="in use by another process"):
            EmbeddedStore(path)
        holder.stdin.close()
    EmbeddedStore(path).close()


def test_no_store_to_read(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store at .*test\.lbug: load posts first"):
        connect(StoreTarget(str(path), read_only=True))
    assert not path.exists()


def test_a_file_of_no_bytes_is_no_store_until_something_is_written(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match=r"test\.lbug is an empty file \(0 bytes\) .*: copy it again, or load posts"):
        connect(StoreTarget(str(path), read_only=True))
    assert path.stat().st_size == 0
    store = EmbeddedStore(path)
    assert "Account" in store.apply_schema()
    store.close()


def test_paths_that_are_no_store(tmp_path: Path) -> None:
    text = tmp_path / "posts.csv"
    text.write_text("author,text\n" * 1000)
    with pytest.raises(StoreError, match="is not a campaign store"):
        EmbeddedStore(text)
    with pytest.raises(StoreError, match="is a folder"):
        EmbeddedStore(tmp_path)
    with pytest.raises(StoreError, match=r"folder .* is not there"):
        EmbeddedStore(tmp_path / "none" / "x.lbug")


@pytest.mark.parametrize("cut", [10, 8192, 0.5])
def test_a_file_that_was_cut_short_is_damaged(path: Path, cut: float) -> None:
    store = EmbeddedStore(path)
    store.apply_schema()
    store.write(small_batch())
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(int(size * cut) if cut < 1 else int(cut))
    with pytest.raises(StoreError, match=r"is damaged .*load again into a new file"):
        EmbeddedStore(path)


def test_a_log_that_is_not_the_files_is_damage(path: Path) -> None:
    EmbeddedStore(path).close()
    Path(f"{path}.wal").write_bytes(b"garbage" * 100)
    with pytest.raises(StoreError, match="is damaged"):
        EmbeddedStore(path)


def test_a_full_disk_is_said_before_anything_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    from types import SimpleNamespace

    store = EmbeddedStore(path)
    store.apply_schema()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 * 2**20))
    with pytest.raises(StoreError, match="has only 5 MiB free: make room"):
        store.write(small_batch())
    assert set(store.counts().values()) == {0}
    store.close()


def test_unknown_kind_of_address() -> None:
    with pytest.raises(StoreError, match="unknown kind of address"):
        connect(StoreTarget("postgres://localhost"))


def test_a_password_is_not_shown() -> None:
    assert "hush" not in repr(StoreTarget("bolt://localhost", password="hush"))  # noqa: S106  # no real one
