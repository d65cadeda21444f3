"""A centre's PostgreSQL as its operator names it: where it is, whether it is there, which one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine, inspect, make_url, select
from sqlalchemy.exc import ArgumentError

from desktop.centre.context import Centre
from desktop.centre.schema import schema_of
from desktop.centre.tables import CentreRow
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits

_DRIVER = "postgresql+psycopg"
# Who is asked to make the database; every PostgreSQL has it.
_FIRST = "postgres"
_LEAST = 17
_WRONG = "نشانی پایگاه داده باید مانند postgresql://کاربر@میزبان/نام یا postgresql:///نام باشد."
_SECRET = (
    "گذرواژهٔ پایگاه داده را در نشانی ننویسید؛ دیگران آن را در فهرست برنامه‌های رایانه می‌بینند. "
    "به‌جای آن --ask-password را بنویسید."
)
_UNREACHED = "به پایگاه دادهٔ مرکز نمی‌توان وصل شد: {}"
_OLD = "نسخهٔ PostgreSQL این پایگاه {} است؛ دست‌کم {} لازم است."
_NOT_MADE = "پایگاه دادهٔ «{}» نیست و ساخته نشد: {}"


def place_of(address: str, password_file: Path | None = None) -> str:
    """The address as `desktop.sql.engine` wants it; the password comes from a pgpass file.

    Raises Refusal for one that is no PostgreSQL's, and for one with the password in it.
    """
    try:
        url = make_url(address)
    except ArgumentError as fault:
        raise Refusal(_WRONG, field="database") from fault
    if url.get_backend_name() != "postgresql" or not url.database:
        raise Refusal(_WRONG, field="database")
    if url.password:
        raise Refusal(_SECRET, field="database")
    url = url.set(drivername=_DRIVER)
    if password_file is not None:
        url = url.update_query_dict({"passfile": str(password_file)})
    return url.render_as_string(hide_password=False)


def libpq(place: str) -> str:
    """The address of a place as PostgreSQL's own programs take it."""
    return make_url(place).set(drivername="postgresql").render_as_string(hide_password=False)


def beside(address: str, ending: str) -> str:
    """The address of another database of the same server, named like this one with the ending."""
    url = make_url(address)
    return url.set(database=f"{url.database}{ending}").render_as_string(hide_password=False)


def make_database(place: str) -> bool:
    """Make the database where the server has none of that name; whether it was made.

    Raises Refusal where the server can't be reached, or does not let us.
    """
    url = make_url(place)
    name = str(url.database)
    try:
        with _connected(url.set(database=_FIRST)) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is not None:
                return False
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as fault:
        raise Refusal(_NOT_MADE.format(name, isolate(_said(fault)))) from fault
    except psycopg.OperationalError as fault:
        # Who may not enter the first database may yet have one of their own.
        if _is_there(url):
            return False
        raise Refusal(_UNREACHED.format(isolate(_said(fault)))) from fault
    return True


def demand_server(place: str) -> None:
    """Raise Refusal unless the server answers and is new enough."""
    try:
        # Asked by itself: our engines say at once what an older server does not understand.
        with _connected(make_url(place)) as connection:
            number = connection.info.server_version
    except psycopg.OperationalError as fault:
        raise Refusal(_UNREACHED.format(isolate(_said(fault)))) from fault
    major = number // 10_000
    if major < _LEAST:
        raise Refusal(_OLD.format(to_persian_digits(f"{major}"), to_persian_digits(f"{_LEAST}")))


def is_empty(engine: Engine) -> bool:
    """Whether there is no table in the database."""
    return not inspect(engine).get_table_names()


def others(engine: Engine) -> int:
    """How many others are connected to the database."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(asked).scalar_one())


def replayed_until(engine: Engine) -> datetime | None:
    """When what the server was restored with last happened, by its own clock; None where it was not
    restored from an archive since it started."""
    with engine.connect() as connection:
        asked = connection.exec_driver_sql("SELECT pg_last_xact_replay_timestamp()")
        told: datetime | None = asked.scalar_one()
        return told


def size_of(engine: Engine) -> int:
    """How many bytes the database takes."""
    with engine.connect() as connection:
        size = "SELECT pg_database_size(current_database())"
        return int(connection.exec_driver_sql(size).scalar_one())


def _connected(url: URL) -> psycopg.Connection[tuple[object, ...]]:
    address = libpq(url.render_as_string(hide_password=False))
    return psycopg.connect(address, autocommit=True, connect_timeout=10)


def _is_there(url: URL) -> bool:
    try:
        _connected(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _said(fault: BaseException) -> str:
    """The first line of what the server or the driver said: it names no password."""
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]


def is_anothers(centre: Centre) -> bool:
    """Whether the database is of another centre or program; nothing is changed there.

    One that was left before its centre had a name is nobody's yet.
    """
    if schema_of(centre.writer) is None:
        return False
    if not inspect(centre.reader).has_table(CentreRow.__tablename__):
        return True
    with centre.reading() as session:
        named = session.scalar(select(CentreRow.only)) is not None
        return named and not centre.is_own(session)
