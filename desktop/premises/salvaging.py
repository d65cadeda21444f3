"""The disk of a machine that died: what it had not sent goes to the centre under its own name.

The disk is only read: all is done on a copy of its data folder. A new machine of the office is
enrolled as any other; what is sent from here it hears of as from a colleague.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.actions import courier
from desktop.actions.courier import CourierFile
from desktop.actions.desk import Clock
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.domain.persian import isolate, to_persian_digits
from desktop.keys import DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.enrolment import Lines, desk_folder, desk_keys
from desktop.premises.kind import read_office_file
from desktop.premises.real import is_joined, sealed_place
from desktop.store import blobs, meta, outbox
from desktop.sync import salvaging
from desktop.sync.address import read_address
from desktop.sync.apply import Disbelieved
from desktop.sync.call import Caller, Stopped, Unanswered
from desktop.sync.http import HttpsLink

_NONE = (
    "در {} باجهٔ هیچ دفتری نیست؛ پوشهٔ دادهٔ رایانهٔ قدیمی را نام ببرید (آنچه office.toml در آن است)."
)
_UNREADABLE = "پوشهٔ {} خوانده نشد؛ حافظه آسیب دیده است یا اجازهٔ خواندن نیست."
_STOPPED = {
    Why.REVOKED.value: "این رایانه از دفتر پس گرفته شده است: با --into پرونده بسازید؛ مرکز آن را "
    "با --agreed می‌خواند.",
    Why.FORK.value: "مرکز با همین نام کارهای دیگری دارد: رایانه پس از این حافظه نیز کار کرده است. "
    "چیزی فرستاده نشد.",
}
_UNKNOWN = (
    "مرکز این رایانه را نمی‌شناسد و چیزی فرستاده نشد. اگر مرکز از پشتیبان بازگردانده شده است، آنجا "
    "پروندهٔ devices را بسنجند؛ این حافظه را نگه دارید."
)
_WENT_ON = (
    "مرکز از پشتیبان بازگردانده شده و بدون آنچه این رایانه شنیده بود پیش رفته است. کارهایی که مرکز "
    "از دست داده از نو انجام می‌شود و نامه‌های آن شمارهٔ دیگری می‌گیرد؛ اگر کسی می‌پذیرد --agreed را "
    "با نام او بنویسید."
)
_NO = "مرکز کارهای این رایانه را نمی‌گیرد ({})."
_LEFT = "{} کار و {} مدرک فرستاده نشد: {}. دوباره بزنید؛ هیچ کاری دو بار ثبت نمی‌شود."
_RESERVE = 4_096


@dataclass(frozen=True)
class Unsent:
    """How many acts and papers the centre does not have of which desk."""

    office: str
    desk: int
    acts: int
    papers: int


class OldDesk:
    """The desk of an old disk, at work on a copy."""

    def __init__(self, running: Running, caller: Caller) -> None:
        self._running, self._caller = running, caller

    def unsent(self) -> Unsent:
        """What only this disk has, as far as it knows."""
        with self._running.desk.store.reading() as session:
            known = meta.get(session)
            papers, _, _ = blobs.unsent(session)
            acts = outbox.after(session, known.acked_to, 1_000_000)
            return Unsent(known.identity.office, known.identity.desk, len(acts), papers)

    def send(self, *, agreed: bool = False) -> Unsent:
        """Send all by the line; what was sent. Where somebody `agreed`, also to a centre that was
        restored and went on without what came here: acts that it lost are done anew.

        Raises Refusal where the centre says no, or where something is left: it may be begun again.
        """
        before = self.unsent()
        left, report = before, self._running.sync()
        while report.well and ((now := self.unsent()) != left or report.more):
            left, report = now, self._running.sync()
        if report.stopped:
            raise _stopped(report.stopped)
        if report.alarm == "epoch":
            return self._send_anew(agreed=agreed)
        if report.why is Why.UNSIGNED:
            raise Refusal(_UNKNOWN)
        left = self.unsent()
        if left.acts or left.papers:
            raise _left(left, report.why or report.alarm)
        return before

    def _send_anew(self, *, agreed: bool) -> Unsent:
        if not agreed:
            raise Refusal(_WENT_ON)
        store, before = self._running.desk.store, self.unsent()
        try:
            return replace(before, acts=salvaging.send_all(store, self._caller))
        except Stopped as fault:
            raise _stopped(fault.why.value) from fault
        except (LineDown, Unanswered) as fault:
            raise _left(self.unsent(), fault.why) from fault
        except Disbelieved as fault:
            raise _left(self.unsent(), fault.code) from fault

    def hand_over(self, by: str, folder: Path, *, agreed: bool = False) -> CourierFile:
        """Write the acts into a courier's file, also of a revoked device; where somebody `agreed`,
        all that a centre may lack that was restored since. Raises Refusal."""
        return courier.write_acts(self._running.desk, by, folder, also_revoked=True, anew=agreed)


def _stopped(why: str) -> Refusal:
    return Refusal(_STOPPED.get(why, _NO.format(why)))


def _left(left: Unsent, why: object) -> Refusal:
    counts = to_persian_digits(left.acts), to_persian_digits(left.papers)
    return Refusal(_LEFT.format(*counts, why))


@contextmanager
def old_desk(
    home: Path,
    clock: Clock,
    passphrase: str = "",
    *,
    lines: Lines = HttpsLink,
    keys: Callable[[Path], DeviceKeys] = desk_keys,
) -> Iterator[OldDesk]:
    """The desk whose data folder lies there, until the block ends; nothing is written there.

    Raises Refusal where there is none, it can't be read, or its key is not to be had; with the
    field `PASSPHRASE` where that is missing or wrong.
    """
    file = read_office_file(home)
    if not is_joined(home, file):
        raise Refusal(_NONE.format(isolate(str(home))))
    with ExitStack() as ends:
        copy = Path(ends.enter_context(TemporaryDirectory(prefix="pishkhan-salvage-")))
        try:
            shutil.copytree(desk_folder(home), desk_folder(copy))
        except (OSError, shutil.Error) as fault:
            raise Refusal(_UNREADABLE.format(isolate(str(home)))) from fault
        place, key = sealed_place(desk_folder(copy), passphrase, keys)
        link = lines(read_address(file.centre), file.certificate)
        ends.callback(link.close)
        running = open_desk(place, link, key, clock, demo=False, reserve=_RESERVE)
        ends.callback(running.close)
        yield OldDesk(running, Caller(running.desk.store, link, key, clock))
