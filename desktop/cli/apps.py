"""The families of commands, and what each of them shows while it works."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

# The exit code of what was done as far as it goes without another person's word.
WAITS = 3

app = typer.Typer(
    name="desktop",
    help="The counter program of Yazd's offices. Without a command it opens the window.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
service_app = typer.Typer(
    no_args_is_help=True, help="A service's file: make one, check it, try it, put it into force."
)
app.add_typer(service_app, name="service")
data_app = typer.Typer(
    no_args_is_help=True,
    help="The municipality's own data, as sheets: tariffs, rates, districts and more.",
)
app.add_typer(data_app, name="data")
centre_app = typer.Typer(
    no_args_is_help=True,
    help="A centre on this machine, on PostgreSQL: founded, served, looked after.",
)
app.add_typer(centre_app, name="centre")
office_app = typer.Typer(no_args_is_help=True, help="The offices that the centre answers.")
centre_app.add_typer(office_app, name="office")
key_app = typer.Typer(
    no_args_is_help=True, help="The key that signs the city's letters; two people make one."
)
centre_app.add_typer(key_app, name="key")
person_app = typer.Typer(no_args_is_help=True, help="The people of offices and municipality.")
centre_app.add_typer(person_app, name="person")


def progress(words: str) -> Callable[[int, int], None]:
    """Progress on standard error, one line that is written over; nothing where nobody looks."""
    shown = [-1]

    def tell(done: int, whole: int) -> None:
        share = done * 100 // whole if whole else 100
        if sys.stderr.isatty() and share != shown[0]:
            shown[0] = share
            typer.echo(f"\r{words} {share}%", nl=done >= whole, err=True)

    return tell
