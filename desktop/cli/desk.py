"""What a real desk needs from the command line: joining, and its centre's new certificate."""

from __future__ import annotations

import typer

from desktop.cli.apps import app
from desktop.cli.seats import say
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
def training() -> None:
    """Open the window of the office to practise in, with a centre of its own."""
    raise typer.BadParameter("give no other argument with training")


@app.command()
def join() -> None:
    """Make this machine an office's desk: opens the window with the wizard."""
    raise typer.BadParameter("give no other argument with join")
