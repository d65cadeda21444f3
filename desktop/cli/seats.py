"""Who sits down at this machine's municipal desk for a command, with a password by no option."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.apps import progress
from desktop.settings import demo_folder

if TYPE_CHECKING:
    # Only a command that opens a desk pays for what that needs.
    from desktop.actions.desk import Seat

By = Annotated[
    str, typer.Option("--by", help="Who does it: a name or a staff id; the password is asked.")
]
Reason = Annotated[str, typer.Option(help="Why, in words.")]


@contextmanager
def seated(name: str, password: str | None = None) -> Iterator[Seat]:
    """The person at this machine's municipal desk; the password is asked where it is not known."""
    from desktop.authoring.municipality import open_municipality, sit_down

    known = password_of(name) if password is None else password
    with open_municipality(demo_folder(), progress=progress("records")) as house:
        yield sit_down(house, name, known)


@contextmanager
def looking() -> Iterator[Seat]:
    """This machine's municipal desk, to look at only."""
    from desktop.authoring.municipality import onlooker, open_municipality

    with open_municipality(demo_folder(), progress=progress("records")) as house:
        yield onlooker(house)


def password_of(name: str) -> str:
    """Asked on the terminal, unseen; the next line of the input where that is none."""
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password of {name}", hide_input=True))
    return sys.stdin.readline().rstrip("\n")


def say(lines: Iterable[str]) -> None:
    """Each line as it comes."""
    for line in lines:
        typer.echo(line)
