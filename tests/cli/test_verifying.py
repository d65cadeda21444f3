"""Who goes over all that is kept, at the centre or at a desk, hears of each change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from desktop.centre.tick import tick
from desktop.cli import main
from desktop.premises.served import open_centre
from desktop.store import heads
from desktop.wire.heads import SignedHead, heads_text, read_heads
from desktop.wire.payloads import attested
from tests.cli.conftest import Run
from tests.cli.test_centre import OFFICE
from tests.restored import sync
from tests.servers import libpq
from tests.town import Town, make_town, properties, small_town

__all__ = ["make_town", "properties", "small_town"]

pytestmark = pytest.mark.slow


def test_a_centre_whose_stream_is_another_than_a_desk_was_told(
    run: Run, folder: Path, founded: str, tmp_path: Path
) -> None:
    assert run("office", "add", *OFFICE)[0] == 0
    with closing(open_centre(folder)) as centre:
        tick(centre)
        own, at = centre.identity, centre.clock()
        said = attested(own.centre, "city", 1, "ab" * 32, own.epoch, at)
        head = SignedHead("city", 1, "ab" * 32, own.epoch, at, centre.keys.heads.sign(said))
    kept = tmp_path / "heads.json"
    kept.write_text(heads_text([head]), "utf-8")
    code, words = run("verify")
    assert (code, "all that is kept is as it was written" in words) == (0, True)
    code, words = run("verify", "--heads", str(kept))
    assert (code, "signed head: city 1" in words) == (1, True)
    kept.write_text("[]x", "utf-8")
    assert run("verify", "--heads", str(kept))[0] == 1


def test_a_centre_of_which_a_row_was_changed(run: Run, founded: str) -> None:
    assert run("office", "add", *OFFICE)[0] == 0
    with psycopg.connect(libpq(founded)) as connection:
        connection.execute("UPDATE stream SET pos = pos + 1 WHERE name = 'city'")
    code, words = run("verify")
    assert (code, "head: city: " in words) == (1, True)


def test_a_desk_whose_store_was_changed(
    small_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    sync(small_town)
    desk = small_town.house.office.desk
    home = tmp_path / "a desk"
    home.mkdir()
    monkeypatch.setenv("PISHKHAN_HOME", str(home))
    assert main(["doctor", "--whole"]) == 1
    store, told = home / "office.db", home / "heads.json"
    with closing(sqlite3.connect(desk.store.path)) as source, closing(sqlite3.connect(store)) as to:
        source.backup(to)
    assert main(["doctor", "--whole"]) == 0
    assert main(["doctor", "--heads", str(told)]) == 0
    with desk.store.reading() as session:
        assert read_heads(told.read_text("utf-8")) == list(heads.kept(session))
    with closing(sqlite3.connect(store)) as changed, changed:
        changed.execute("UPDATE meta SET acked_to = acked_to + 50")
    capsys.readouterr()
    assert main(["doctor", "--whole"]) == 1
    assert "head: outbox: ends at" in capsys.readouterr().out
