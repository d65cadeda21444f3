"""Whether this machine's clock can be believed: nothing is printed on a day that can't be."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.persian import isolate, to_persian_digits
from desktop.store import facts, meta
from desktop.store.open import Session

# As far as the centre lets a desk's clock be off.
_OFF = timedelta(minutes=5)
# Records that old answer nothing by themselves, so a desk unheard for longer certifies nothing.
_FAR = timedelta(days=30)
_BEHIND = (
    "ساعت این رایانه عقب است: {now} را نشان می‌دهد و آخرین ثبت در سامانه از {last} است. "
    "ساعت را درست کنید؛ تا آن هنگام چیزی چاپ نمی‌شود."
)
_AHEAD = (
    "ساعت این رایانه {now} را نشان می‌دهد و آخرین تماس با مرکز در {last} بود. "
    "ساعت و خط را ببینید؛ تا تماس با مرکز چیزی چاپ نمی‌شود."
)


class Timekeeping:
    """Compares the desk's moment with the last that the centre said and that its facts bear.

    While `made_up`, somebody puts the clock where days of the past are to be made.
    """

    def __init__(self) -> None:
        self.made_up = False
        self._read: dict[str, int] = {}
        self._latest: datetime | None = None

    def trouble(self, session: Session, moment: datetime) -> str:
        """Why the moment (UTC) can't be right, in words for a person; empty where it can."""
        if self.made_up:
            return ""
        held = meta.get(session)
        self._read_on(session, held.identity.home)
        heard = held.last_heard
        last = max((each for each in (heard, self._latest) if each is not None), default=None)
        if last is not None and moment < last - _OFF:
            return _words(_BEHIND, moment, last)
        if heard is not None and moment > heard + _FAR:
            return _words(_AHEAD, moment, heard)
        return ""

    def _read_on(self, session: Session, home: str) -> None:
        """The latest moment of a fact: a clock that went back and forth leaves it in the middle."""
        for stream in (home, "city"):
            pos, latest = facts.latest(session, stream, self._read.get(stream, 0))
            if latest is not None:
                self._read[stream] = pos
                self._latest = max(latest, self._latest or latest)


def _words(words: str, moment: datetime, last: datetime) -> str:
    now, then = moment.astimezone(TEHRAN), last.astimezone(TEHRAN)
    same = now.date() == then.date()
    return words.format(now=_told(now, hour=same), last=_told(then, hour=same))


def _told(moment: datetime, *, hour: bool) -> str:
    if hour:
        return f"ساعت {isolate(to_persian_digits(f'{moment:%H:%M}'))}"
    return isolate(format_jalali(moment.date()))
