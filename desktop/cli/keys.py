"""`centre key …`: the key that signs the city's letters: made by two, changed, taken back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.apps import key_app
from desktop.cli.centre import opened_centre
from desktop.cli.seats import password_of, say
from desktop.settings import data_folder

if TYPE_CHECKING:
    # Only a command that reads keys pays for what that needs.
    from desktop.premises.centre_keys import Keeper
    from desktop.premises.token import Token


@key_app.command("new")
def new_signing_key(
    first: Annotated[str, typer.Option(help="Who makes it.")],
    second: Annotated[str, typer.Option(help="Who makes it with them.")],
    in_token: Annotated[
        bool, typer.Option("--in-token", help="In the token that office.toml names.")
    ] = False,
) -> None:
    """Make the city's next key for letters before two people; it signs nothing before `use`."""
    from desktop.premises.centre_file import read_centre_file
    from desktop.premises.centre_keys import make_in_token, seal_key
    from desktop.wire.fingerprint import words_of

    folder = data_folder()
    read_centre_file(folder)
    token = _token()
    if in_token and token is None:
        raise typer.BadParameter("office.toml names no token_module")
    two = _keepers(first, second)
    if in_token and token is not None:
        made = make_in_token(folder, token, *two)
    else:
        made = seal_key(folder, *two)
    typer.echo(f"key {made.key_id}, made by {made.first} and {made.second}; for the minutes:")
    said = words_of(hashlib.sha256(bytes.fromhex(made.public)).digest())
    say(f"  {number}. {word}" for number, word in enumerate(said, 1))
    typer.echo(f"back it up apart, then: centre key use {made.key_id} --from DAY")


@key_app.command("use")
def use_signing_key(
    key_id: Annotated[str, typer.Argument(help="The key's id, as `new` told it.")],
    since: Annotated[str, typer.Option("--from", help="The first day it signs: 1405/10/01.")],
) -> None:
    """Announce a new key to all who check letters; from its day on it signs, and the former not."""
    from desktop.centre.letter_keys import use
    from desktop.domain.calendar import parse_jalali
    from desktop.premises.centre_keys import keepers_of, lay_ready, open_key

    folder, day = data_folder(), parse_jalali(since)
    key = open_key(folder, key_id, *_keepers(*keepers_of(folder, key_id)), _token())
    with opened_centre() as centre:
        lay_ready(folder, key)
        with centre.writing() as session:
            use(session, centre, key, day, centre.clock())
    typer.echo(f"key {key_id} signs from {since}")


@key_app.command("revoke")
def revoke_signing_key(
    key_id: Annotated[str, typer.Argument(help="The key that is trusted no more.")],
    since: Annotated[str, typer.Option("--from", help="The day from which nobody trusts it.")],
    by: Annotated[str, typer.Option(help="The key that signs from today on; its two decide.")],
) -> None:
    """Take a key back from a day on, as where it was stolen; another one signs at once."""
    from desktop.centre.letter_keys import replace_at_once
    from desktop.domain.calendar import parse_jalali
    from desktop.premises.centre_keys import keepers_of, lay_ready, open_key

    folder, day = data_folder(), parse_jalali(since)
    key = open_key(folder, by, *_keepers(*keepers_of(folder, by)), _token())
    with opened_centre() as centre:
        lay_ready(folder, key)
        with centre.writing() as session:
            replace_at_once(session, centre, key_id, key, day, centre.clock())
    typer.echo(f"key {key_id} is trusted no more from {since}; {by} signs from today")


@key_app.command("list")
def list_signing_keys() -> None:
    """Tell which key signs letters when, and which are sealed and wait."""
    from desktop.centre.letter_keys import terms
    from desktop.domain.calendar import iso_jalali
    from desktop.premises.centre_keys import sealed_keys

    with opened_centre() as centre, centre.reading() as session:
        known = terms(session, centre)
    for term in known:
        until = f" to {iso_jalali(term.until)}" if term.until else ""
        revoked = f", revoked from {iso_jalali(term.revoked)}" if term.revoked else ""
        typer.echo(f"{term.key_id}: from {iso_jalali(term.since)}{until}{revoked}")
    told = {term.key_id for term in known}
    say(f"{key_id}: sealed" for key_id in sealed_keys(data_folder()) if key_id not in told)


def _token() -> Token | None:
    from desktop.premises.centre_file import read_centre_file
    from desktop.premises.served import token_of

    return token_of(data_folder(), read_centre_file(data_folder()))


def _keepers(first: str, second: str) -> tuple[Keeper, Keeper]:
    """Each with the passphrase that he types himself."""
    from desktop.premises.centre_keys import Keeper

    return Keeper(first, password_of(first)), Keeper(second, password_of(second))
