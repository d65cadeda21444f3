"""Centres that earlier programs left, brought to this one: in files, and as operators have them."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives import serialization
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.schema import HEAD, schema_of, serves, upgrade_centre
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import CommandRow, FactRow
from desktop.keys import DeviceKeys, write_private
from desktop.premises.centre_file import CentreFile, text_of
from desktop.premises.founding import CENTRE
from desktop.premises.kind import NAME
from desktop.sql.engine import Place, writer
from desktop.wire.codec import decode_fact, encode_fact
from tests.cli.conftest import Run
from tests.kept import (
    BEFORE,
    SINCE,
    THERE,
    UNSENT,
    but_for_the_ends_long,
    demand_chained,
    demand_goes_on,
    lay,
    taken,
    unpacked,
)
from tests.record import demand_same
from tests.servers import libpq

pytestmark = pytest.mark.slow

IN_FILES = BEFORE + SINCE
WHOLE = "all that is kept is as it was written, and as its facts say"
_SERVED = THERE[1]
"""Of those on PostgreSQL the one with the longest way that the ordinary check has time for."""


def those_on_postgresql(names: tuple[str, ...]) -> list[object]:
    return [pytest.param(name, marks=[] if name == _SERVED else pytest.mark.long) for name in names]


@pytest.mark.parametrize("kept", but_for_the_ends_long(IN_FILES))
def test_every_fact_and_act_in_a_file_is_read(tmp_path: Path, kept: str) -> None:
    demand_read(unpacked(kept, tmp_path) / "centre.db")


@pytest.mark.parametrize("kept", those_on_postgresql((*THERE, *IN_FILES)))
def test_every_fact_and_act_on_postgresql_is_read(
    tmp_path: Path, postgres_server: str, postgres_place: str, kept: str
) -> None:
    """Of those that were files then: their rows in the schema of their time."""
    lay(unpacked(kept, tmp_path), postgres_server, postgres_place)
    demand_read(postgres_place)


def demand_read(place: Place) -> None:
    """What the centre has is, brought to this program's version, what it was to the byte."""
    engine = writer(place)
    facts = select(FactRow.stream, FactRow.canon, FactRow.hash, FactRow.fact_id)
    acts = select(CommandRow.device_id, CommandRow.canon, CommandRow.hash, CommandRow.command_id)
    came_in = facts.order_by(FactRow.stream, FactRow.pos)
    made_in = acts.order_by(CommandRow.device_id, CommandRow.device_seq)
    try:
        with Session(engine) as session:
            before = [*session.execute(came_in), *session.execute(made_in)]
        upgrade_centre(engine)
        assert serves(schema_of(engine))
        with Session(engine) as session:
            came, made = session.execute(came_in).all(), session.execute(made_in).all()
    finally:
        engine.dispose()
    assert [*came, *made] == before
    for rows in (came, made):
        demand_chained([(chain, text, linked) for chain, text, linked, _ in rows])
    for _, text, _, fact_id in came:
        fact = decode_fact(text)
        assert fact.fact_id == fact_id
        demand_same(text, encode_fact(fact))
    assert [taken(text).command_id for _, text, _, _ in made] == [ident for *_, ident in made]
    assert len(made) > UNSENT


@pytest.mark.parametrize("kept", those_on_postgresql((*THERE, *SINCE)))
def test_an_operator_brings_it_to_this_program_and_desks_of_its_time_go_on(
    run: Run, folder: Path, tmp_path: Path, postgres_server: str, postgres_place: str, kept: str
) -> None:
    home = unpacked(kept, tmp_path)
    lay(home, postgres_server, postgres_place)
    stand_by_itself(home, folder, postgres_place)
    with psycopg.connect(libpq(postgres_place)) as connection:
        (was,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    if was != HEAD:
        code, said = run("status")
        assert (code, was in said, "centre migrate" in said) == (1, True, True)
    assert run("migrate") == (0, f"schema {HEAD}{'' if was == HEAD else f', was {was}'}\n")
    code, said = run("verify")
    assert (code, said.splitlines()[0]) == (0, WHOLE)
    demand_goes_on(home, postgres_place)


def stand_by_itself(home: Path, folder: Path, place: str) -> None:
    """The home's centre as one that an operator looks after: its keys as files, its office file."""
    secret = DeviceKeys(home / "keys").find_secret(CENTRE)
    assert secret is not None
    keys = CentreKeys.from_secret(secret, demo=True)
    (folder / "keys").mkdir(parents=True)
    for name, key in (("letters", keys.letters), ("heads", keys.heads), ("answers", keys.answers)):
        pem = key.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_private(folder / "keys" / f"{name}.pem", pem)
    file = CentreFile(database=libpq(place), port=8443)
    write_private(folder / NAME, text_of(file).encode())
