"""What a real desk needs from the command line: joining, and its centre's new certificate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.apps import app
from desktop.cli.seats import password_of, say
from desktop.domain.errors import LineDown, Refusal
from desktop.settings import data_folder

_NO_DESK = "این رایانه باجهٔ هیچ دفتری نیست؛ نخست آن را به دفتری بسپارید."


@app.command()
def trust() -> None:
    """Know the centre by the certificate that it shows now: after it was changed on purpose."""
    from desktop.premises.clocks import SystemClock
    from desktop.premises.enrolment import Enrolment
    from desktop.premises.kind import read_office_file
    from desktop.premises.real import is_joined

    home = data_folder()
    file = read_office_file(home)
    if not is_joined(home, file):
        raise Refusal(_NO_DESK)
    joining = Enrolment(home, SystemClock())
    try:
        reached = joining.reach(file.centre)
    except LineDown as fault:
        raise Refusal(f"به مرکز نرسیدیم ({fault.why}). دوباره بکوشید.") from fault
    say(f"  {number}. {word}" for number, word in enumerate(reached.words, 1))
    typer.confirm("Does the centre read out the same six words on the telephone?", abort=True)
    joining.trust()
    typer.echo("the desk knows its centre by this certificate from its next start on")


@app.command()
def salvage(
    folder: Annotated[Path, typer.Argument(help="The data folder on the disk of the old machine.")],
    into: Annotated[
        Path | None, typer.Option(help="Without a line, or revoked: write a courier's file there.")
    ] = None,
    by: Annotated[str, typer.Option(help="With --into: the name of who hands it over.")] = "",
    agreed: Annotated[
        str,
        typer.Option(
            help="The centre was restored since and went on without this disk: the name of who "
            "agreed that what it lost is done anew."
        ),
    ] = "",
) -> None:
    """Send what a machine that died had not sent, under its own name; its disk is only read."""
    from desktop.actions.courier import slip
    from desktop.keys import write_private
    from desktop.premises.clocks import SystemClock
    from desktop.premises.kind import read_office_file
    from desktop.premises.real import is_joined, needs_passphrase
    from desktop.premises.salvaging import old_desk

    if into is not None and not by.strip():
        raise typer.BadParameter("--into wants --by NAME")
    wrapped = is_joined(folder, read_office_file(folder)) and needs_passphrase(folder)
    passphrase = password_of("that desk") if wrapped else ""
    with old_desk(folder, SystemClock(), passphrase) as old:
        unsent = old.unsent()
        told = f"desk {unsent.desk}: {unsent.acts} acts and {unsent.papers} papers were not sent"
        if not unsent.acts and not unsent.papers and not agreed.strip():
            typer.echo(told)
            return
        anew = bool(agreed.strip())
        if anew:
            told = f"{told}, and what a restored centre lost is done anew: {agreed.strip()} agreed"
        typer.confirm(f"{told}. Are they to be done in that desk's name?", abort=True)
        if into is None:
            sent = old.send(agreed=anew)
            typer.echo(f"all was sent, {sent.acts} acts")
            typer.echo("now `centre revoke` that desk, its machine must not go on")
            return
        handed = old.hand_over(by.strip(), into, agreed=anew)
        paper = handed.file.with_suffix(".pdf")
        write_private(paper, slip(handed))
        typer.echo(f"{handed.acts} acts: {handed.file.name}; its slip: {paper.name}")


@app.command()
def training() -> None:
    """Open the window of the office to practise in, with a centre of its own."""
    raise typer.BadParameter("give no other argument with training")


@app.command()
def join() -> None:
    """Make this machine an office's desk: opens the window with the wizard."""
    raise typer.BadParameter("give no other argument with join")
