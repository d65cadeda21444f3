"""Commands that put the municipality's services and data into force, by the people who may."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.apps import data_app, service_app
from desktop.cli.seats import By, Reason, looking, say, seated
from desktop.domain.calendar import parse_jalali
from desktop.domain.stream import Topic

_Since = Annotated[str, typer.Option("--from", help="The first day, Jalali: 1405/10/01.")]
_Overrule = Annotated[bool, typer.Option(help="Pass over the warnings, for the reason given.")]
_Publication = Annotated[str, typer.Argument(help="The id of what waits.")]


@service_app.command("publish")
def publish_service(
    file: Annotated[Path, typer.Argument(help="The service file.")],
    since: _Since,
    by: By,
    replaces: Annotated[
        str, typer.Option(help="The title in whose place it is knowingly put.")
    ] = "",
    reason: Reason = "",
    overrule: _Overrule = False,
) -> None:
    """Prepare a service file to hold from a day; another person's signature puts it into force."""
    from desktop.authoring.publishing import prepare_file

    with seated(by) as seat:
        say(
            prepare_file(
                seat,
                file,
                parse_jalali(since),
                replaces=replaces,
                reason=reason,
                overrule=overrule,
            )
        )


@service_app.command("list")
def list_services() -> None:
    """Tell every service with its versions: in force, coming, former, waiting, withdrawn."""
    from desktop.authoring.publishing import tell_services

    with looking() as seat:
        say(tell_services(seat))


@service_app.command("withdraw")
def withdraw_service(
    code: Annotated[str, typer.Argument(help="The service's code.")],
    since: _Since,
    by: By,
    reason: Reason = "",
) -> None:
    """Withdraw what was published of a service for a day that is still to come."""
    from desktop.authoring.publishing import withdraw_published

    with seated(by) as seat:
        say(withdraw_published(seat, Topic.SERVICE, code, parse_jalali(since), reason))


@service_app.command("sign")
@data_app.command("sign")
def sign(publication: _Publication, by: By, reason: Reason = "") -> None:
    """Sign what another person prepared: from its day on it holds."""
    from desktop.authoring.publishing import sign_publication

    with seated(by) as seat:
        say(sign_publication(seat, publication, reason))


@service_app.command("decline")
@data_app.command("decline")
def decline(publication: _Publication, by: By, reason: Reason = "") -> None:
    """Take back what waits for its second signature."""
    from desktop.authoring.publishing import decline_publication

    with seated(by) as seat:
        say(decline_publication(seat, publication, reason))


@service_app.command("waiting")
@data_app.command("waiting")
def waiting() -> None:
    """Tell what waits for a second signature, and what it would change."""
    from desktop.authoring.publishing import tell_waiting

    with looking() as seat:
        say(tell_waiting(seat))


_Kind = Annotated[
    str,
    typer.Argument(
        help="tariffs, rates, validity, parcels, districts, bodies, words, objections, "
        "enforcement, signers, places, consultees, reasons, calendar."
    ),
]


@data_app.command("show")
def show_data(
    on: Annotated[str, typer.Option(help="A Jalali day; today without it.")] = "",
) -> None:
    """Tell the municipality's data that hold on a day."""
    from desktop.authoring.data import show_data as show

    with looking() as seat:
        say(show(seat.desk, parse_jalali(on) if on else None))


@data_app.command("sheet")
def write_data(
    kind: _Kind, file: Annotated[Path, typer.Argument(help="The new workbook, .xlsx.")]
) -> None:
    """Write what holds today as a workbook to fill in."""
    from desktop.actions.municipal_data import write_data as write

    with looking() as seat:
        write(seat.desk, kind, file)
    typer.echo(f"{file}: written; change it, then ./run data publish {kind} {file} --by NAME")


@data_app.command("publish")
def publish_data(
    kind: _Kind,
    file: Annotated[Path, typer.Argument(help="The workbook or CSV file.")],
    by: By,
    reason: Reason = "",
    overrule: _Overrule = False,
) -> None:
    """Prepare what a sheet changes, each row from its day; another person's signature holds it."""
    from desktop.authoring.data import prepare_data

    with seated(by) as seat:
        say(prepare_data(seat, kind, file, reason=reason, overrule=overrule))


@data_app.command("withdraw")
def withdraw_data(
    kind: _Kind,
    figure: Annotated[str, typer.Argument(help="A key, a rate as table[key], a name.")],
    since: _Since,
    by: By,
    reason: Reason = "",
) -> None:
    """Withdraw what was published of a figure for a day that is still to come."""
    from desktop.authoring.data import figure_of
    from desktop.authoring.publishing import withdraw_published

    day = parse_jalali(since)
    topic, key = figure_of(kind, figure, day)
    with seated(by) as seat:
        say(withdraw_published(seat, topic, key, day, reason))
