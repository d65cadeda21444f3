"""`records`: an export tried by itself, or brought in at the municipal desk by people's word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.apps import WAITS, app, progress
from desktop.cli.seats import Reason, password_of, say, seated
from desktop.domain.calendar import parse_jalali


@app.command()
def records(
    source: Annotated[
        Path | None, typer.Argument(help="The export: a workbook or a folder of files.")
    ] = None,
    as_of: Annotated[str, typer.Option(help="The day of the records, Jalali: 1405/09/03.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Where every told row goes: CSV, with --by a workbook.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="A centre's SQLite file; without it nothing is kept.")
    ] = None,
    by: Annotated[
        str, typer.Option(help="Bring it in at this machine's municipal desk: a name or staff id.")
    ] = "",
    force: Annotated[
        int | None, typer.Option(help="Put the import of this number into force, held or not.")
    ] = None,
    back: Annotated[
        int | None, typer.Option(help="Go back from the import of this number, the same day.")
    ] = None,
    reason: Reason = "",
    second: Annotated[
        str, typer.Option(help="Who signs too, where debts, holds or files would end.")
    ] = "",
    lift: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=NUMBER", help="The letter that ends a row; may be repeated."),
    ] = None,
    end_rest: Annotated[
        bool, typer.Option("--end-rest", help="Rows without a letter end too, by two signatures.")
    ] = False,
) -> None:
    """Import an export of property records, and tell counts, sums, changes and what holds it back.

    Without --by the export is only tried. With it, what nothing holds back is put into force; what
    is held waits under its number for --force. The exit code is 0 when it may be or is in force, 3
    when held back, 1 when it can't be read or is refused.
    """
    acting = force is not None or back is not None
    if force is not None and back is not None:
        raise typer.BadParameter("give one of --force and --back")
    if (source is None) != acting or (acting and not by) or (source is not None and not as_of):
        raise typer.BadParameter("give SOURCE and --as-of, or --by with --force or --back")
    if source is not None and not by:
        _try(source, as_of, report, into)
        return
    if into is not None:
        raise typer.BadParameter("--into is of an export that is only tried")
    from desktop.actions.records import Second, write_list
    from desktop.authoring import records as brought
    from desktop.authoring.municipality import member

    password = password_of(by)
    beside = password_of(second) if second else ""
    with seated(by, password) as seat:
        if back is not None:
            say(brought.take_back(seat, back, password, reason))
            return
        if source is not None:
            staged = brought.bring_in(seat, source, parse_jalali(as_of), progress("records"))
        else:
            staged = brought.waiting(seat, force or 0)
        say(brought.lines_of(seat, staged, rows=source is not None))
        if report is not None:
            write_list(seat, staged, report)
        if source is not None and staged.causes:
            typer.echo(f"import {staged.export_id} waits: --force {staged.export_id} --by NAME")
            raise typer.Exit(WAITS)
        other = Second(member(seat.desk, second).name, beside) if second else None
        say(
            brought.put_in_force(
                seat,
                staged,
                password,
                reason=reason,
                second=other,
                lifted=_lifts(lift or []),
                end_rest=end_rest,
            )
        )


def _try(source: Path, as_of: str, report: Path | None, into: Path | None) -> None:
    from desktop.premises.records import try_records

    result = try_records(source, parse_jalali(as_of), report, into, progress("records"))
    say(result.lines())
    if result.causes:
        raise typer.Exit(WAITS)


def _lifts(given: list[str]) -> dict[str, str]:
    lifts = {}
    for each in given:
        key, is_there, number = each.partition("=")
        if not (is_there and number.strip()):
            raise typer.BadParameter(f"--lift {each}: KEY=NUMBER is wanted")
        lifts[key] = number
    return lifts
