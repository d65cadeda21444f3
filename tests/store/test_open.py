"""Opening a store, and every state of disk and file in which it can't be opened or written."""

from __future__ import annotations

import os
import shutil
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from desktop.domain.errors import Refusal
from desktop.sql.engine import File, Sealed, reader, writer
from desktop.store.open import Store
from desktop.store.tables import Base
from tests.office import CLERK
from tests.store.conftest import enrol
from tests.store.filling import demand_kept, fill, in_child, register


def test_a_store_keeps_what_was_written(store: Store) -> None:
    case_id = store.write(register)
    store.close()
    again = Store(store.place, reserve=4096)
    assert not again.was_killed
    demand_kept(again, [case_id])
    again.close()


@pytest.mark.slow
def test_the_migrations_make_the_tables_that_the_program_declares(place: File) -> None:
    # Imported here: Alembic is for a start that migrates, and for this comparison.
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415
    from alembic.migration import MigrationContext  # noqa: PLC0415

    Store(place, reserve=4096).close()
    engine = writer(place)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, Base.metadata)
        names = {
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            )
        }
    engine.dispose()
    # The search table and the tables that it keeps by itself are no declared ones.
    assert [d for d in differences if "case_search" not in str(d)] == []
    assert names == {str(i.name) for table in Base.metadata.tables.values() for i in table.indexes}


@pytest.mark.parametrize("statement", ["UPDATE outbox SET canon = ''", "DELETE FROM outbox"])
def test_history_can_not_be_rewritten(statement: str, store: Store) -> None:
    store.write(register)
    store.close()
    with pytest.raises(IntegrityError, match="append-only"):
        _execute(store.place, statement)


def test_a_second_start_on_the_same_store_is_refused(store: Store) -> None:
    with pytest.raises(Refusal, match="باز است"):
        Store(store.place, reserve=4096)
    with pytest.raises(Refusal, match="باز است"):
        Store(store.place, reserve=4096)
    store.write(register)


@pytest.mark.slow
def test_a_second_program_on_the_same_store_is_refused(store: Store) -> None:
    assert in_child(_try_open, store.place) == "Refusal"
    store.close()
    assert in_child(_try_open, store.place) == "opened"


@pytest.mark.slow
def test_a_killed_program_leaves_no_lock_and_its_end_is_noticed(store: Store) -> None:
    store.close()
    assert in_child(_open_and_die, store.place) == "opened"
    again = Store(store.place, reserve=4096)
    assert again.was_killed
    again.close()


def test_a_newer_programs_store_is_not_touched(store: Store) -> None:
    store.close()
    _execute(store.place, "UPDATE alembic_version SET version_num = '9999_newer'")
    before = store.path.read_bytes()
    with pytest.raises(Refusal, match="تازه‌تر"):
        Store(store.place, reserve=4096)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("harm", ["header", "cut", "smear", "text"])
@pytest.mark.slow
def test_a_damaged_file_is_told_and_left_as_it_is(harm: str, store: Store) -> None:
    assert len(fill(store, 30)) == 30
    store.close()
    # As after a power cut: then the whole file is read before it is used.
    store.path.with_name(f"{store.path.name}.open").touch()
    data = bytearray(store.path.read_bytes())
    if harm == "header":
        data[:100] = bytes(100)
    elif harm == "cut":
        data = data[: len(data) // 2]
    elif harm == "smear":
        for start in range(4096, len(data) - 600, 4096):
            data[start : start + 600] = b"\xa5" * 600
    else:
        data = bytearray("این پایگاه داده نیست".encode() * 300)
    store.path.write_bytes(data)
    with pytest.raises(Refusal, match=r"آسیب|باز نمی‌شود"):
        Store(store.place, reserve=4096)
    assert store.path.read_bytes() == bytes(data)


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite"
    path.mkdir()
    with pytest.raises(Refusal):
        Store(path, reserve=4096)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("x")
    with pytest.raises(Refusal, match="پوشه"):
        Store(tmp_path / "office" / "office.sqlite", reserve=4096)


@pytest.mark.slow
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    if os.getuid() == 0:
        # Root may write anywhere: the child becomes another user.
        shutil.chown(tmp_path, 65534)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == os.getuid() and folder.name.startswith("pytest-"):
            folder.chmod(0o755)
    existing = tmp_path / "existing"
    Store(existing / "office.sqlite", reserve=4096).close()
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder in (existing, empty):
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        assert in_child(_open_as_another, folder / "office.sqlite") == "Refusal"
        assert in_child(_open_as_another, folder / "new" / "office.sqlite") == "Refusal"
        folder.chmod(0o755)


def _execute(place: File, statement: str) -> None:
    engine = writer(place)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _try_open(path: File, _: Connection) -> str:
    Store(path, reserve=4096).close()
    return "opened"


def _open_and_die(path: File, pipe: Connection) -> str:
    Store(path, reserve=4096)
    pipe.send("opened")
    os.kill(os.getpid(), 9)
    return "alive"


def _open_as_another(path: File, pipe: Connection) -> str:
    if os.getuid() == 0:
        os.setuid(65534)
    return _try_open(path, pipe)


@pytest.mark.slow
def test_an_encrypted_store_has_no_plain_byte_and_opens_by_its_key_only(store_path: Path) -> None:
    sealed = Sealed(store_path, bytes(range(32)))
    store = Store(sealed, reserve=4096)
    store.write(enrol)
    case_id = store.write(register)
    # While it is open what was written last is in the files beside it.
    for file in store_path.parent.iterdir():
        data = file.read_bytes()
        assert CLERK.name.encode() not in data, file.name
        assert case_id.encode() not in data, file.name
    store.close()
    assert b"SQLite format 3" not in store_path.read_bytes()
    kept = store_path.read_bytes()
    for other in (store_path, Sealed(store_path, bytes(32))):
        with pytest.raises(Refusal, match=r"آن را پاک نکنید"):
            Store(other, reserve=4096)
        assert store_path.read_bytes() == kept
    assert "000102" not in repr(sealed)
    again = Store(sealed, reserve=4096)
    demand_kept(again, [case_id])
    again.close()


def test_a_plain_store_is_not_taken_for_an_encrypted_one(store_path: Path) -> None:
    Store(store_path, reserve=4096).close()
    with pytest.raises(Refusal, match="با کلید این رایانه باز نشد"):
        Store(Sealed(store_path, bytes(32)), reserve=4096)


def test_before_a_migration_an_encrypted_store_is_copied_under_its_own_key(
    store_path: Path,
) -> None:
    sealed = Sealed(store_path, bytes(range(32)))
    store = Store(sealed, reserve=4096)
    store.write(enrol)
    case_id = store.write(register)
    store.close()
    _execute(sealed, "UPDATE alembic_version SET version_num = '0007_lists'")
    # What the step makes is there already: only that it was copied before counts here.
    with pytest.raises(OperationalError):
        Store(sealed, reserve=4096)
    (copy,) = store_path.parent.glob("*.before-*")
    assert CLERK.name.encode() not in copy.read_bytes()
    engine = reader(Sealed(copy, sealed.key))
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT case_id FROM outbox").scalars().all()
    engine.dispose()
    assert found == [case_id]
