"""Checking letters on the command line, with the keys and lists that this machine knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions.checking import check_paper, file_sentence, lines, sentence
from desktop.centre import ended_letters
from desktop.centre.check_files import keys_of
from desktop.centre.context import Centre
from desktop.centre.schema import schema_of, serves
from desktop.centre.signing import CentreKeys
from desktop.domain.calendar import TEHRAN, compact
from desktop.domain.errors import Refusal
from desktop.domain.letter import Made
from desktop.domain.office import FIRST_DAY
from desktop.forms.catalogue import SERVICES
from desktop.forms.loader import load_all
from desktop.keys import DeviceKeys
from desktop.premises.clocks import SystemClock
from desktop.premises.founding import CENTRE, centre_file, signs_as_before
from desktop.reports.verify import verify_qr
from desktop.settings import DEMO, TRAINING
from desktop.sql.engine import reader, writer
from desktop.wire.letter_code import signed_by
from desktop.wire.letter_files import CheckKey, KeyFile, LetterList, open_file, read_keys
from desktop.wire.link import public_hex, verifies
from desktop.wire.verdicts import Judged, Trust, Verdict

_LARGEST = 20_000_000
_LONGEST_PATH, _OF_CODE = 250, 60
"""Of what was asked: so long a path may be; of a QR's text so much tells which it was."""
_FILES = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
_ED25519, _ES256 = 32, 33  # bytes of a public key
_CITY = "مرکز شهرداری یزد"
_TOO_LARGE = "این پرونده بزرگ‌تر از یک نامه است."
_STRANGE = "این فهرست کلیدها را کلیدی از خود آن امضا نکرده است."


@dataclass(frozen=True)
class Told:
    """What is said of one item, line by line, and the code that `verify` ends with for it."""

    lines: tuple[str, ...]
    exit_code: int


def trust_in(
    folder: Path, given: Sequence[str], keys: Sequence[Path] = (), lists: Sequence[Path] = ()
) -> Trust:
    """The keys given by hand, those of the demo centres of this machine and of the ones to practise
    with; then files of keys and lists, as a city gives them out.

    A key given by hand is `CENTRE:KEY`, the centre's id and the public half of its key for letters;
    of an earlier program's centre `KEY` alone. Raises Refusal for what is none of these.
    """
    cities = [_by_hand(text) for text in given]
    cities += [_self_signed(_read(path)) for path in keys]
    told: dict[str, LetterList] = {}
    # By its file: the system's keyring has no demo's key, and need not be asked.
    for kind in (DEMO, TRAINING):
        for file in sorted(folder.glob(f"{kind}*/keys/{CENTRE}.key")):
            for city, ended in _own(file.parents[1], training=kind == TRAINING):
                cities.append(city)
                if ended is not None:
                    told[city.centre] = ended
    trust = Trust(tuple(cities), told)
    for path in lists:
        trust = trust.renewed(_read(path))
    return trust


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refusal(_TOO_LARGE)
        return path.read_bytes()
    except OSError:
        raise Refusal(f"پرونده‌ای به نام «{path}» خوانده نمی‌شود.") from None


def _by_hand(text: str) -> KeyFile:
    centre, _, key = text.rpartition(":")
    try:
        public = bytes.fromhex(key)
    except ValueError:
        public = b""
    if len(public) != (_ES256 if centre else _ED25519):
        raise Refusal("کلید عمومی مرکز «شناسهٔ مرکز:۶۶ رقم شانزده‌شانزدهی» است.")
    return _one_key(_CITY, centre, public.hex(), Made.EARNEST)


def _one_key(city: str, centre: str, public: str, made: Made) -> KeyFile:
    first = compact(FIRST_DAY)
    return KeyFile(city, centre, first, made, (CheckKey(public, "", first),), ())


def _self_signed(file: bytes) -> KeyFile:
    """A file of keys that a person vouches for: one of the keys in it signed it."""
    key_id, payload, signature = open_file(file)
    told = read_keys(payload)
    own = (key for key in told.keys if key.key_id == key_id and not key.revoked)
    if not any(verifies(key.public, signature, signed_by(key_id, payload)) for key in own):
        raise Refusal(_STRANGE)
    return told


def _own(home: Path, *, training: bool) -> Iterator[tuple[KeyFile, LetterList | None]]:
    """The keys of the demo or training centre there, also of one that was set aside, and its list.

    Nothing of what is not whole yet: it has signed nothing. Raises Refusal.
    """
    secret = DeviceKeys(home / "keys").find_secret(CENTRE)
    assert secret is not None
    name = "مرکز آموزشی" if training else "مرکز نمونه"
    made = Made.TRAINING if training else Made.SAMPLE
    if signs_as_before(secret):
        public = public_hex(Ed25519PrivateKey.from_private_bytes(secret))
        yield _one_key(name, "", public, made), None
        return
    keys = CentreKeys.from_secret(secret, demo=True)
    try:
        centre = centre_file(home).read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    told = _in_use(home, keys)
    if told is None:
        yield _one_key(name, centre, keys.letters.public, made), None
    else:
        yield replace(told[0], city=name, made=made), told[1]


def _in_use(home: Path, keys: CentreKeys) -> tuple[KeyFile, LetterList] | None:
    """What the centre there tells today; None of one that an earlier program left behind."""
    place = home / "centre.db"
    if not place.is_file():
        return None
    centre = Centre(writer(place), reader(place), keys, SystemClock().now)
    try:
        if not serves(schema_of(centre.reader)):
            return None
        with centre.reading() as session:
            return keys_of(session, centre), ended_letters.list_of(session, _today())
    finally:
        centre.close()


def _today() -> date:
    return SystemClock().now().astimezone(TEHRAN).date()


def verdict_on(item: str, trust: Trust) -> Told:
    """What is said of the path of a PDF or a picture, or of a QR's text."""
    path = Path(item) if len(item.encode()) < _LONGEST_PATH else None
    today = compact(_today())
    beside = ""
    try:
        if path is not None and path.is_file():
            checked = check_paper(_read(path), trust, today)
            judged, beside = checked.judged, file_sentence(checked)
        elif path is not None and path.suffix.lower() in _FILES:
            raise Refusal(f"پرونده‌ای به نام «{item}» نیست.")
        else:
            judged = verify_qr(item, trust, today)
    except Refusal as no:
        return Told((f"{_named(item)}: {no.words}",), Verdict.FALSE.exit_code)
    return Told(tuple(_words(item, judged, beside, today)), judged.verdict.exit_code)


def _words(item: str, judged: Judged, beside: str, today: str) -> Iterable[str]:
    yield f"{_named(item)}: {sentence(judged, today)}"
    if beside:
        yield f"    {beside}"
    # Codes of services are for programs; a letter of a service unknown here keeps its code.
    titles = {s.code: s.title for s in load_all(SERVICES).values()}
    if judged.city is not None:
        titles |= judged.city.services
    yield from (f"    {label}: {value}" for label, value in lines(judged, titles))


def _named(item: str) -> str:
    """What was asked about: a path whole, of a code its beginning."""
    if len(item) <= _OF_CODE or Path(item).suffix.lower() in _FILES:
        return item
    return f"{item[:_OF_CODE]}…"
