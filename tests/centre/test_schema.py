"""The centre's migrations make the tables that the code declares, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.centre.metadata import METADATA
from desktop.centre.offices import all_offices, id_of, take_code
from desktop.centre.records import in_force
from desktop.centre.records.codec import to_json
from desktop.centre.records.lookup import find
from desktop.centre.schema import HEAD, SCRIPTS, upgrade_centre
from desktop.centre.sum_tables import WAITS
from desktop.centre.tables import CASE_WORDS, CaseCountRow, CaseRow
from desktop.domain.identifiers import RenewalCode
from desktop.sql.engine import Place, writer
from tests.property import a_property


def is_declared(thing: object, name: str, *_: object) -> bool:
    """But for an index of words, which each database has in its own way (`test_plans`)."""
    return not name.startswith(("case_found", CASE_WORDS.index))


@pytest.mark.slow
def test_the_migrated_database_is_the_declared_one(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    upgrade_centre(engine)
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_object": is_declared}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, METADATA) == []


def test_the_head_is_the_newest_revision_and_there_is_one() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


@pytest.mark.long
def test_answers_that_were_counted_with_voided_ones_are_counted_anew(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    before = replace(WAITS, adds={"answers": "1"}, reads=("office", "issued_on", "waited"))
    letter = {
        "office": "21", "year": 1405, "case_id": "c", "kind": "answer", "signature": "",
        "issued_at": "2026-11-24T08:00:00.000Z", "copies": 0, "issued_on": "2026-11-24",
        "received_on": "2026-11-23", "service": "clearance", "district": 2, "clerk": "",
        "waited": 1, "was_released": True,
    }  # fmt: skip
    letters = [
        {**letter, "serial": number, "letter_id": f"l{number}", "state": state}
        for number, state in enumerate(("voided", "released"), start=1)
    ]
    names = ", ".join(letters[0])
    told = ", ".join(f":{name}" for name in letters[0])
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0044_steps")
        before.renew(connection)
        connection.execute(text(f"INSERT INTO letter ({names}) VALUES ({told})"), letters)
    upgrade_centre(engine)
    counted = text("SELECT span, answers FROM wait_sum WHERE answers > 0 ORDER BY span")
    with engine.begin() as connection:
        assert [tuple(row) for row in connection.execute(counted)] == [("d", 1), ("m", 1)]
        connection.execute(text("UPDATE letter SET state = 'voided'"))
        assert connection.execute(counted).all() == []


@pytest.mark.long
def test_records_of_before_staged_imports_go_on_answering(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    code, body = RenewalCode(2, 14, 308, 27, 1), to_json(a_property())
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005_pairs")
        for number, day in ((1, "2026-11-01"), (2, "2026-11-20")):
            connection.execute(
                text("INSERT INTO record_export (id, as_of, totals) VALUES (:n, :day, '{}')"),
                {"n": number, "day": day},
            )
        connection.execute(
            text("INSERT INTO record (code, body, export_id) VALUES (:code, :body, 1)"),
            {"code": str(code), "body": body},
        )
    upgrade_centre(engine)
    with engine.connect() as connection:
        found = find(connection, code, None)
        act = in_force.last_act(connection)
    assert found.as_of == date(2026, 11, 20)
    assert found.record == a_property()
    assert act is not None
    assert (act.export_id, act.former_id) == (2, None)


def test_a_centre_without_records_has_none_in_force(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    upgrade_centre(engine)
    with engine.connect() as connection:
        assert in_force.last_act(connection) is None


@pytest.mark.long
def test_postgresql_looks_after_what_grows_within_a_day(
    postgres_url: str, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(postgres_url))
    upgrade_centre(engine)
    told = text("SELECT relname FROM pg_class WHERE reloptions::text LIKE :factor ORDER BY relname")
    with engine.connect() as connection:
        for factor in ("analyze_scale_factor=0.01", "insert_scale_factor=0.01"):
            tended = connection.scalars(told, {"factor": f"%autovacuum%{factor}%"}).all()
            assert tended == ["case", "command", "fact", "letter"]


@pytest.mark.slow
def test_offices_and_cases_of_before_ids_are_kept_under_the_first_code(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0017_keys")
        connection.execute(
            text(
                "INSERT INTO office (code, name, address, phone, postal_code, district, "
                "authority, sample) VALUES ('21', 'n', 'a', 'p', 'c', 2, 'act', :no)"
            ),
            {"no": False},
        )
        connection.execute(insert(CaseRow), [a_case(name) for name in ("first", "second")])
    upgrade_centre(engine)
    with engine.begin() as connection:
        offices = connection.execute(text("SELECT code, office_id FROM office")).all()
        codes = connection.execute(text("SELECT code, office_id FROM office_code")).all()
        assert offices == codes == [("21", "21")]
        term = "SELECT office_id, until, code, kind, name, authority FROM office_term"
        assert connection.execute(text(term)).all() == [("21", None, "21", "", "n", "act")]
        # What counts cases, and what keeps two of one id apart, goes on.
        connection.execute(insert(CaseRow), [a_case("third")])
        counted = connection.execute(select(CaseCountRow.stream, CaseCountRow.cases)).all()
        assert counted == [("office:21", 3)]
        assert inspect(connection).get_pk_constraint("case")["constrained_columns"] == [
            "stream",
            "case_id",
        ]
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(CaseRow), [a_case("third") | {"stream": "office:22"}])


def test_an_office_that_a_program_before_ids_opens_is_one_by_its_code(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    upgrade_centre(engine)
    opening = text(
        "INSERT INTO office (code, name, address, phone, postal_code, district, authority, sample) "
        "VALUES (:code, 'n', 'a', 'p', 'c', 2, 'act', :no)"
    )
    with Session(engine) as session, session.begin():
        take_code(session, "77", "another")
        for code in ("31", "32"):
            session.execute(opening, {"code": code, "no": False})
    with Session(engine) as session:
        opened = {office_id: each.codes() for office_id, each in all_offices(session).items()}
        assert opened == {"31": ("31",), "32": ("32",)}
        assert id_of(session, "32") == "32"
    # A code that was ever another's is nobody's new one, whoever asks.
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(opening, {"code": "77", "no": False})


def a_case(case_id: str) -> dict[str, object]:
    """The row of a case of an office of before."""
    day, moment = date(2026, 11, 24), datetime(2026, 11, 24, 8, tzinfo=UTC)
    return {
        **dict.fromkeys(("state", "outcome", "first_outcome", "service", "tracking"), ""),
        **dict.fromkeys(("applicant", "code", "clerk", "inspector", "sampled", "folded"), ""),
        **dict.fromkeys(("rev", "district", "answer_ms", "slot_half"), 0),
        **dict.fromkeys(("registered_at", "updated_at"), moment),
        **dict.fromkeys(("received_on", "due_on"), day),
        **dict.fromkeys(("looked", "recall", "doubted", "claimed"), False),
        "case_id": case_id,
        "stream": "office:21",
    }


@pytest.mark.long
def test_figures_of_before_they_were_kept_are_added_up(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    paid = {"method": "terminal", "reference": "7", "paid_on": "2026-11-25", "amount": 450_000}
    told = {
        ("returned", 2): {},
        ("fee-paid", 3): {"fee": "office", "payment": paid},
        ("fee-paid", 4): {"fee": "office", "payment": {**paid, "reference": "8"}},
        ("payment-voided", 5): {"mark": "office/8"},
        ("letter-released", 6): {"letter_id": "letter-1"},
    }
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0035_commissions")
        names = ("first", "second")
        connection.execute(insert(CaseRow), [{**a_case(n), "clerk": "زهرا"} for n in names])
        for (kind, rev), payload in told.items():
            connection.execute(
                text(
                    "INSERT INTO fact (stream, pos, fact_id, case_id, rev, cause, kind, at, canon, "
                    "hash) VALUES ('office:21', :rev, '', 'first', :rev, '', :kind, "
                    "'2026-11-25T08:00:00.000000Z', :canon, '')"
                ),
                {"rev": rev, "kind": kind, "canon": json.dumps({"payload": payload})},
            )
        connection.execute(
            text(
                "INSERT INTO letter (office, year, serial, letter_id, case_id, kind, signature, "
                "issued_at, state, copies, issued_on, received_on, service, district) VALUES "
                "('21', 1405, 1, 'letter-1', 'first', 'answer', '', '2026-11-25T08:00:00.000000Z', "
                "'voided', 3, '2026-11-25', '2026-11-24', '', 0)"
            )
        )
    upgrade_centre(engine)
    with engine.connect() as connection:
        sums = "SELECT part, received, undecided, sent_back FROM request_sum WHERE cut = :cut"
        for span, period in (("d", "2026-11-24"), ("m", "2026-11")):
            within = f" AND span = '{span}' AND period = '{period}'"
            clerks = connection.execute(text(sums + within), {"cut": "clerk"}).all()
            assert clerks == [("زهرا", 2, 2, 1)]
            letters = text(
                "SELECT clerk, issued, released, voided, copies FROM letter_sum "
                f"WHERE span = '{span}'"
            )
            assert connection.execute(letters).all() == [("زهرا", 1, 1, 1, 2)]
            taken = text(f"SELECT what, times, amount FROM taking_sum WHERE span = '{span}'")
            assert connection.execute(taken).all() == [("office", 1, 450_000)]


@pytest.mark.slow
def test_what_grows_with_an_office_can_be_parted_by_it(
    postgres_url: str, disposed: Callable[[Engine], Engine]
) -> None:
    """PostgreSQL takes no key of a parted table that lacks what it is parted by, and nothing else
    that is unique."""
    engine = disposed(writer(postgres_url))
    upgrade_centre(engine)
    others = set()
    with engine.begin() as connection:
        for table, by in (
            ("fact", "stream"),
            ("case", "stream"),
            ("case_count", "stream"),
            ("letter", "office"),
            ("number", "office"),
            ("command", "device_id"),
        ):
            key = inspect(connection).get_pk_constraint(table)["constrained_columns"]
            like = f'CREATE TABLE parted_{table} (LIKE "{table}") PARTITION BY HASH ({by})'
            connection.execute(text(like))
            add = f"ALTER TABLE parted_{table} ADD PRIMARY KEY ({', '.join(key)})"
            connection.execute(text(add))
            for index in inspect(connection).get_indexes(table):
                if index["unique"] and by not in index["column_names"]:
                    others.add(index["name"])
    # On the day on which they are parted these become indexes that are not unique (decision 047).
    assert others == {"ix_case_case_id", "uq_letter_letter_id"}


@pytest.mark.slow
def test_heads_of_before_they_were_counted_stay_and_a_program_before_signs_on(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    signing = text(
        "INSERT INTO daily_head (day, stream, pos, hash, epoch, at, signature) "
        "VALUES (:day, 'city', 1, '', '', '2026-11-24T08:00:00.000000Z', '') ON CONFLICT DO NOTHING"
    )
    with engine.connect() as connection:
        # What is done to an index beside the work ends a transaction of its own.
        config.attributes["connection"] = connection
        command.upgrade(config, "0068_pictures")
        connection.execute(signing, {"day": "2026-11-24"})
        connection.commit()
    upgrade_centre(engine)
    with engine.begin() as connection:
        for day in ("2026-11-24", "2026-11-25"):
            connection.execute(signing, {"day": day})
        kept = connection.execute(text("SELECT day, seq FROM daily_head ORDER BY day")).all()
        assert kept == [("2026-11-24", 0), ("2026-11-25", 0)]
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("DELETE FROM daily_head"))
