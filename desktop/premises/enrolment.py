"""A machine joins an office: its centre is reached, a code spent, its manager's keys made here.

All of it is made beside the folder of the desk and put there when it is whole, the office file
last. What breaks off at any step is begun again, with the same code while that is good: the centre
gives its place to a device that never came to work.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from desktop.actions.access import NO_CODE
from desktop.actions.desk import Clock
from desktop.actions.joining import Joined, Reached
from desktop.chance import new_id
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.domain.office import MUNICIPALITY
from desktop.domain.stream import office_of
from desktop.keys import (
    COST,
    Cost,
    DeviceKeys,
    PersonKeys,
    new_key,
    new_letter_key,
    store_key,
    wrap_person,
    write_private,
)
from desktop.premises.founding import aside_of, device_file, settle
from desktop.premises.kind import NAME, Kind, OfficeFile, not_writable, read_office_file
from desktop.sql.engine import Sealed
from desktop.store import meta, people
from desktop.store.meta import Identity
from desktop.store.open import Store
from desktop.sync.address import Address, read_address
from desktop.sync.http import HttpsLink
from desktop.wire import calls, link
from desktop.wire.calls import Answered, Asked, Call
from desktop.wire.enrolling import (
    EnrolAnswer,
    EnrolAsk,
    EnrolPersonAsk,
    ReachAnswer,
    ReachAsk,
    introduced,
    read_code,
)
from desktop.wire.fingerprint import words_of
from desktop.wire.payloads import Fault

_NO_CENTRE = "در این نشانی مرکزی پاسخ نداد؛ نشانی را با برگ راه‌اندازی بسنجید."
_NO_ANSWER = "مرکز به این پرسش پاسخ نداد؛ دوباره بکوشید."
_OUT_OF_TURN = "نخست گام پیش را به پایان برسانید."
_EMPTY = "گذرواژه را وارد کنید."


class DeskLink(link.Link, Protocol):
    """A line to one address; `shown` is the SHA-256, hex, of the certificate that answered."""

    @property
    def shown(self) -> str: ...

    def trust(self, pin: str) -> None:
        """Believe from now on who shows the certificate with that SHA-256, hex."""
        ...

    def holding(self, held_s: float) -> link.Link:
        """The same for calls that the centre may hold so many seconds."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


class Lines(Protocol):
    """Opens lines: to who shows the pinned certificate, to who is vouched for, to a stranger."""

    def __call__(self, address: Address, pin: str = "", *, stranger: bool = False) -> DeskLink: ...


def desk_folder(home: Path) -> Path:
    """Where a real desk is kept: its store, its device's id and, without a keyring, its key."""
    return home / "desk"


def desk_store(folder: Path) -> Path:
    """Where the store of the desk in the folder is."""
    return folder / "desk.db"


def desk_keys(folder: Path, cost: Cost = COST) -> DeviceKeys:
    """Where the key of the desk in the folder is kept."""
    return DeviceKeys(folder / "keys", cost=cost)


def write_office_file(folder: Path, file: OfficeFile) -> None:
    """Write the office file, whole or not at all. Raises Refusal where that is not allowed."""
    try:
        write_private(folder / NAME, file.as_text().encode())
    except OSError as fault:
        raise not_writable(folder) from fault


@dataclass
class _Centre:
    """Who answered, with which certificate, and how it is believed."""

    address: Address
    shown: str
    pin: str
    answer: ReachAnswer


class Enrolment:
    """One machine's joining, as `actions.joining.Joining` says. One thread at a time."""

    def __init__(
        self,
        home: Path,
        clock: Clock,
        *,
        lines: Lines = HttpsLink,
        keys: Callable[[Path], DeviceKeys] = desk_keys,
        cost: Cost = COST,
    ) -> None:
        """`home` is the data folder, `keys` opens the keys of a desk's folder."""
        self._home, self._clock = home, clock
        self._lines, self._keys, self._cost = lines, keys, cost
        self._centre: _Centre | None = None
        self._apart = timedelta(0)
        self._place: EnrolAnswer | None = None
        self._under_way: DeskLink | None = None
        self._begin_anew()

    def reach(self, address: str) -> Reached:
        """What answers at the address. Raises LineDown, Refusal(field="address")."""
        where = read_address(address)
        self._begin_anew()
        try:
            answer, shown = self._greet(where, stranger=False)
            trusted = True
        except LineDown as fault:
            if fault.why is not Why.TLS:
                raise
            answer, shown = self._greet(where, stranger=True)
            trusted = False
        off = self._clock.now() - answer.time
        self._apart = -off
        self._centre = _Centre(where, shown, "" if trusted else shown, answer)
        words = words_of(bytes.fromhex(shown)) if shown else ()
        return Reached(words, answer.city, trusted, round(off.total_seconds()))

    def join(self, code: str) -> Joined:
        """Spend the one-time code. Raises LineDown, Refusal(field="code")."""
        centre = self._reached()
        read = read_code(code)
        if not read:
            raise Refusal(NO_CODE, field="code")
        self._begin_anew()
        with self._line(centre.address, centre.pin) as line:
            ask = EnrolAsk(code=read, key=link.public_hex(self._key))
            place = self._ask(line, calls.ENROL, ask, "code")
        if (place.centre, place.device_id) != (centre.answer.centre, self._device_id):
            raise Refusal(_NO_ANSWER, field="code")
        self._place, self._code = place, read
        kind = Kind.MUNICIPAL if place.office == MUNICIPALITY else Kind.OFFICE
        return Joined(place.name, kind.value, place.office, place.desk, place.person)

    def passphrase_needed(self) -> bool:
        """Whether this machine has no keyring."""
        return self._keys(self._beside).needs_passphrase

    def take_password(self, password: str, passphrase: str = "") -> None:
        """Make the desk's store and the manager's keys under the password, and tell the centre.

        Raises LineDown, Refusal.
        """
        centre, place = self._reached(), self._joined()
        if not password:
            raise Refusal(_EMPTY, field="password")
        try:
            shutil.rmtree(self._beside, ignore_errors=True)
            self._beside.mkdir(parents=True)
        except OSError as fault:
            raise not_writable(self._home) from fault
        self._keys(self._beside).keep(self._device_id, self._key, passphrase)
        acts, release = new_key(), new_letter_key()
        # Kept before the centre is told: keys that it knows and nobody has are good for nothing.
        self._make_store(place, wrap_person(PersonKeys(acts, release), password, self._cost))
        public, public_release = link.public_hex(acts), link.public_hex(release)
        said = introduced(place.centre, self._device_id, public, public_release)
        ask = EnrolPersonAsk(
            code=self._code,
            key=public,
            release_key=public_release,
            signature=link.sign(acts, said),
        )
        with self._line(centre.address, centre.pin) as line:
            self._ask(line, calls.ENROL_PERSON, ask)
        self._whole = True

    def begin(self) -> None:
        """Put the desk in its place and write the office file: the next start opens it.

        A desk that stood there is moved aside, never deleted. Raises Refusal.
        """
        centre, place = self._reached(), self._joined()
        if not self._whole:
            raise Refusal(_OUT_OF_TURN)
        kind = Kind.MUNICIPAL if place.office == MUNICIPALITY else Kind.OFFICE
        folder = desk_folder(self._home)
        try:
            settle(self._beside)
            if folder.exists():
                folder.replace(aside_of(folder))
            self._beside.replace(folder)
        except OSError as fault:
            raise not_writable(self._home) from fault
        own = {"kind": kind.value, "centre": str(centre.address), "certificate": centre.pin}
        write_office_file(self._home, replace(read_office_file(self._home), **own))
        self._begin_anew()

    def break_off(self) -> None:
        """End what waits for the centre, from another thread: the program goes."""
        if self._under_way is not None:
            self._under_way.close()

    def trust(self) -> str:
        """Have the desk that joined here before know its centre by the certificate just reached.

        Gives its SHA-256, hex.

        For a centre whose certificate has changed: whoever calls it has compared the six words.
        Raises Refusal.
        """
        centre, file = self._reached(), read_office_file(self._home)
        if str(centre.address) != file.centre:
            raise Refusal(_OUT_OF_TURN)
        write_office_file(self._home, replace(file, certificate=centre.pin))
        return centre.shown

    @property
    def _beside(self) -> Path:
        folder = desk_folder(self._home)
        return folder.with_name(f"{folder.name}.new")

    def _begin_anew(self) -> None:
        """As another device: of what an earlier attempt brought nothing is taken over."""
        self._device_id, self._key = new_id(), new_key()
        self._place = None
        self._code = ""
        self._whole = False

    def _reached(self) -> _Centre:
        if self._centre is None:
            raise Refusal(_OUT_OF_TURN)
        return self._centre

    def _joined(self) -> EnrolAnswer:
        if self._place is None:
            raise Refusal(_OUT_OF_TURN)
        return self._place

    @contextmanager
    def _line(self, where: Address, pin: str = "", *, stranger: bool = False) -> Iterator[DeskLink]:
        with closing(self._lines(where, pin, stranger=stranger)) as line:
            self._under_way = line
            try:
                yield line
            finally:
                self._under_way = None

    def _greet(self, where: Address, *, stranger: bool) -> tuple[ReachAnswer, str]:
        self._centre = None
        with self._line(where, stranger=stranger) as line:
            ask = ReachAsk(key=link.public_hex(self._key))
            return self._ask(line, calls.REACH, ask, "address"), line.shown

    def _ask(
        self, line: link.Link, call: Call[Asked, Answered], body: Asked, field: str = ""
    ) -> Answered:
        """The centre's answer. Raises LineDown; Refusal in its words, beside the field.

        Once it was reached only what that centre signed is taken.
        """
        request, reply = self._send(line, call, body)
        if reply.status == link.CLOCK and (fault := _fault(reply)) and fault.time is not None:
            self._apart = fault.time - self._clock.now()
            request, reply = self._send(line, call, body)
        known = self._centre
        if known is not None and reply.status < link.BROKEN:
            own = known.answer
            said = link.answered(
                link.question_of(request),
                reply.status,
                reply.body,
                reply.time,
                own.centre,
                own.epoch,
            )
            if not link.verifies(own.answers_key, reply.signature, said):
                raise LineDown("an answer of somebody else", why=Why.STRANGE)
        if reply.status != link.OK:
            told = _fault(reply)
            if told is None:
                raise Refusal(_NO_CENTRE if known is None else _NO_ANSWER, field=field or None)
            raise Refusal(told.words or _NO_ANSWER, field=told.field or field or None)
        try:
            return call.answer.model_validate_json(reply.body)
        except ValidationError as no:
            raise Refusal(_NO_CENTRE, field=field or None) from no

    def _send(
        self, line: link.Link, call: Call[Asked, Answered], body: Asked
    ) -> tuple[link.SignedRequest, link.Reply]:
        known = self._centre.answer if self._centre is not None else None
        at: datetime = self._clock.now() + self._apart
        request = link.sign_request(
            self._key,
            self._device_id,
            call.path,
            body.encode(),
            at,
            centre=known.centre if known is not None else "",
            epoch=known.epoch if known is not None else "",
        )
        return request, line.call(request)

    def _make_store(self, place: EnrolAnswer, wrapped: str) -> None:
        path = desk_store(self._beside)
        identity = Identity(
            device_id=place.device_id,
            office=office_of(place.home),
            desk=place.desk,
            home=place.home,
            centre=place.centre,
            epoch=place.epoch,
            heads_key=place.heads_key,
            answers_key=place.answers_key,
        )
        # Opened for a moment: who works with it takes the reserve.
        store = Store(Sealed(path, store_key(self._key)), reserve=0)
        try:
            store.write(lambda session: meta.enrol(session, identity))
            at = self._clock.now() + self._apart
            store.write(lambda session: people.keep_key(session, place.staff_id, wrapped, at))
        finally:
            store.close()
        device_file(path).write_text(place.device_id, encoding="utf-8")


def _fault(reply: link.Reply) -> Fault | None:
    """The centre's fault; None for the page of whatever else answers there."""
    try:
        return Fault.model_validate_json(reply.body)
    except ValidationError:
        return None
