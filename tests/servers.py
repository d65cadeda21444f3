"""Databases of a PostgreSQL server for tests: made, copied from one another, dropped."""

from __future__ import annotations

import psycopg
from sqlalchemy import make_url


def address(server: str, name: str) -> str:
    """The `postgresql+psycopg://` address of a database of the server."""
    return server.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "/postgres?", f"/{name}?", 1
    )


def libpq(address: str) -> str:
    """The address as PostgreSQL's own programs take it."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def create(server: str, name: str, template: str = "template1") -> None:
    """A new database like the template, to which nobody may be connected, in place of any such."""
    _run(server, _gone(name), f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(server: str, name: str) -> None:
    """The database is gone, and whoever was connected to it is cut off."""
    _run(server, _gone(name))


def _gone(name: str) -> str:
    return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'


def name_in(url: str) -> str:
    """The database's name in its address."""
    return url.split("?", 1)[0].rsplit("/", 1)[1]


def _run(server: str, *statements: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
