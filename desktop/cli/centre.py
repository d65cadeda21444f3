"""`centre …`: a centre on this machine, from its founding to its backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.apps import centre_app, office_app
from desktop.cli.seats import password_of, say
from desktop.settings import data_folder

_Address = Annotated[str, typer.Option(help="PostgreSQL's address: postgresql://user@host/name.")]
_Code = Annotated[str, typer.Argument(help="The office's code.")]


@centre_app.command()
def init(
    database: _Address = "postgresql:///pishkhan",
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for the database's password.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A host name or address that desks call; may be repeated."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Where it listens.")] = 8443,
    certificate: Annotated[
        Path | None, typer.Option(help="Its certificate, PEM; without one it is made here.")
    ] = None,
    certificate_key: Annotated[
        Path | None, typer.Option(help="The certificate's private key, PEM.")
    ] = None,
    municipality: Annotated[
        str, typer.Option(help="The name of the municipality's own office.")
    ] = "شهرداری یزد",
) -> None:
    """Make a centre: database and schema, keys, certificate, the municipality's office."""
    from desktop.domain.office import MUNICIPALITY, OfficeCard
    from desktop.premises.centre_file import CentreFile
    from desktop.premises.served import Plan, found_centre
    from desktop.wire.fingerprint import words_of

    if (certificate is None) != (certificate_key is None):
        raise typer.BadParameter("give --certificate and --certificate-key, or neither")
    given = {}
    if certificate is not None and certificate_key is not None:
        given = {
            "certificate": str(certificate.resolve()),
            "certificate_key": str(certificate_key.resolve()),
        }
    folder = data_folder()
    plan = Plan(
        file=CentreFile(database=database, port=port, **given),
        names=name or ["localhost", "127.0.0.1"],
        municipality=OfficeCard(MUNICIPALITY, municipality, "", "", "", 0, "", sample=False),
        password=password_of("the database") if ask_password else "",
    )
    made = found_centre(folder, plan)
    typer.echo(f"database: {'made' if made.made_database else 'there already'}, schema in place")
    typer.echo(f"certificate, SHA-256: {made.fingerprint.hex(':')}")
    say(f"  {number}. {word}" for number, word in enumerate(words_of(made.fingerprint), 1))
    typer.echo(f"in {folder}: office.toml, keys/ (back them up apart: centre backup-keys)")


@centre_app.command()
def migrate() -> None:
    """Bring the database to this program's schema; the program before may go on meanwhile."""
    from desktop.premises.served import migrate_centre

    before, after = migrate_centre(data_folder())
    typer.echo(f"schema {after}" + ("" if before == after else f", was {before}"))


@centre_app.command()
def serve(
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many; else as the file says.")
    ] = None,
) -> None:
    """Answer desks over HTTPS until told to end."""
    from desktop.premises.serving import serve_centre

    serve_centre(data_folder(), processes)


@office_app.command("add")
def add_office(
    code: _Code,
    name: Annotated[str, typer.Option(help="Its name, as on its papers.")],
    address: Annotated[str, typer.Option(help="Where it is.")],
    phone: Annotated[str, typer.Option(help="Its telephone.")],
    postal_code: Annotated[str, typer.Option(help="Ten digits.")],
    district: Annotated[int, typer.Option(min=1, help="The district of the city.")],
    authority: Annotated[str, typer.Option(help="The act by which it answers.")],
    sample: Annotated[bool, typer.Option(help="Its papers say «نمونه».")] = False,
) -> None:
    """Open an office: all desks are told of it."""
    from desktop.domain.office import OfficeCard
    from desktop.premises.served import open_centre, open_office

    card = OfficeCard(code, name, address, phone, postal_code, district, authority, sample)
    centre = open_centre(data_folder())
    try:
        open_office(centre, card)
    finally:
        centre.close()
    typer.echo(f"office {code} is open; next: centre enrol {code}")


@centre_app.command()
def publish() -> None:
    """Put into force what ships and this centre never had; tell what it has otherwise."""
    from desktop.premises.served import open_centre, publish_shipped

    centre = open_centre(data_folder())
    try:
        fresh, other = publish_shipped(centre)
    finally:
        centre.close()
    say(f"in force: {fact.topic} {fact.key}" for fact in fresh)
    say(f"other here, two people's word: {fact.topic} {fact.key}" for fact in other)
    if not (fresh or other):
        typer.echo("all that ships is in force")
