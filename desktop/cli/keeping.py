"""`centre …`: what is kept against loss and brought back: backups, keys, a courier's files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop import journal
from desktop.cli.apps import centre_app
from desktop.cli.centre import opened_centre
from desktop.cli.seats import password_of, say
from desktop.domain.errors import Refusal
from desktop.settings import data_folder


@centre_app.command()
def courier(
    files: Annotated[list[Path], typer.Argument(help="What desks without a line handed over.")],
    into: Annotated[
        Path | None, typer.Option(help="Where answers and receipts go; else beside each file.")
    ] = None,
    agreed: Annotated[
        str,
        typer.Option(help="Also of a revoked device: the name of who agreed that it is taken."),
    ] = "",
) -> None:
    """Do what a courier brought as if it had come by the line; write answer and receipt for each.

    Read again nothing is done twice. The exit code is 1 where one could not be read.
    """
    from desktop.premises.courier_files import read_file

    well = True
    with opened_centre() as centre:
        for file in files:
            try:
                typer.echo(read_file(centre, file, into or file.parent, agreed.strip()))
            except Refusal as no:
                typer.echo(f"{file.name}: {no.words}", err=True)
                well = False
            # One that nobody foresaw keeps no other stick from being read.
            except Exception as bug:  # noqa: BLE001
                typer.echo(f"{file.name}: report {journal.report(bug)}", err=True)
                well = False
    if not well:
        raise typer.Exit(1)


@centre_app.command()
def backup() -> None:
    """Back the database up, and read the backup's contents back. The keys are not in it."""
    from desktop.premises.backing_up import back_up
    from desktop.premises.centre_file import read_centre_file
    from desktop.premises.served import place_of

    folder = data_folder()
    file = read_centre_file(folder)
    with opened_centre(closed=True) as centre:
        place = place_of(folder, file, direct=True)
        taken = back_up(folder, file, place, centre.clock())
    typer.echo(f"{taken.name}: {taken.size} bytes" if taken.size else taken.name)


@centre_app.command()
def restore(
    dump: Annotated[
        Path | None,
        typer.Argument(help="The dump; without one the database was restored by other means."),
    ] = None,
    old: Annotated[
        bool, typer.Option("--old", help="Also a dump that is older than what desks keep.")
    ] = False,
) -> None:
    """Put a backup into the centre's empty database; then `serve` takes back what desks have."""
    from desktop.premises.centre_file import DEVICES, IMPORTS, read_centre_file
    from desktop.premises.restoring import restore as put

    folder = data_folder()
    put(folder, read_centre_file(folder), dump, old=old)
    for name, of in ((DEVICES, "devices"), (IMPORTS, "imports of the records")):
        if not (folder / name).exists():
            typer.echo(f"no file `{name}` here: {of} are known as far as desks heard of them")
    recover()


@centre_app.command()
def recover(
    open_by: Annotated[
        str, typer.Option("--open", help="Wait for no more desks: the name of who says so.")
    ] = "",
    confirm_by: Annotated[
        str,
        typer.Option("--confirm", help="Answer at once again: the name of who saw to the rest."),
    ] = "",
) -> None:
    """Tell how a restore stands: who came, what came back, what may lack; open it, confirm it.

    Before that is confirmed, what the files `devices` and `imports` tell by now is heard too.
    """
    from desktop.centre.recovering.account import account
    from desktop.centre.recovering.opening import confirm, open_up
    from desktop.premises.beside_keys import take_until_confirmed

    with opened_centre(closed=True) as centre:
        take_until_confirmed(data_folder(), centre)
        if open_by:
            open_up(centre, open_by)
        if confirm_by:
            confirm(centre, confirm_by)
        with centre.reading() as session:
            told = account(session)
    say(told.lines() if told is not None else ["it never was restored"])


@centre_app.command("backup-keys")
def backup_keys(
    folder: Annotated[Path, typer.Argument(help="Where to: never where the database's go.")],
) -> None:
    """Copy the centre's keys under a passphrase, and read each copy back."""
    from desktop.premises.centre_file import read_centre_file
    from desktop.premises.centre_keys import copy_keys

    read_centre_file(data_folder())
    passphrase = password_of("the copies")
    if not passphrase:
        raise typer.BadParameter("a passphrase is wanted")
    say(str(path) for path in copy_keys(data_folder(), folder, passphrase))
