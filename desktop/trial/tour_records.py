"""The supervisor's part of a tour with the city's records: none, read, held, in force, back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop.actions import records
from desktop.centre.records.importer import note_progress
from desktop.centre.records.staging import At
from desktop.demo.city import make_city
from desktop.demo.newer_export import write_dirty, write_newer
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.calendar import format_jalali
from desktop.domain.people import Role
from desktop.trial.album import About
from desktop.trial.stage import MORNING, PROPERTIES, SEED, Stage, beside
from desktop.ui import places
from desktop.ui.pages.records.forms import RecordsForm
from desktop.ui.pages.records.page import RecordsPage

_REASON = "با امور مالی سنجیده شد؛ بدهی‌های نیامده پرداخت شده است."
_BACK = "جمع بدهی‌ها با گزارش امور مالی مطابقت ندارد."
_LETTER = "1405/812"
# As the reader notes it every half second while it reads.
_AT = At(620, "بدهی‌ها", 240, 399)


class Records:
    """Acts on the page of the city's records; the supervisor sits there."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def play(self) -> None:
        """Every state of the page, one after the other."""
        self._before_any()
        with tempfile.TemporaryDirectory(prefix="pishkhan-exports-") as folder:
            newer, dirty = Path(folder) / "خروجی نوسازی ۳ آذر", Path(folder) / "خروجی نوسازی عصر"
            city = make_city(PROPERTIES, SEED, MORNING.date())
            write_newer(city, newer, SEED)
            write_dirty(city, dirty, SEED)
            self._stage.sit(Role.SUPERVISOR)
            self._clean(newer)
            self._held(dirty)
            self._read_again(newer)

    @property
    def _page(self) -> RecordsPage:
        page = self._stage.page
        if not isinstance(page, RecordsPage):
            raise RuntimeError("the city's records do not show")
        return page

    def _before_any(self) -> None:
        with beside(self._stage, 0) as other:
            other.sit(Role.SUPERVISOR)
            other.go(places.Records())
            other.shoot("records-none")

    def _clean(self, newer: Path) -> None:
        """In force; chosen, read, put into force, taken back."""
        stage = self._stage
        stage.go(places.Records())
        stage.shoot("records-in-force")
        self._send(newer, "records-reading")
        stage.shoot("records-ready")
        stage.hands.type(PASSWORD)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("records-forced")
        stage.pass_time(7)
        stage.hands.click_button("بازگشت به سوابق پیشین")
        stage.hands.type(_BACK)
        stage.shoot("records-back-typed")
        self._sign()
        stage.shoot("records-taken-back")

    def _send(self, source: Path, reading: str = "") -> None:
        """F2, the file, its day; for the picture of reading the work is done in between."""
        stage, page = self._stage, self._page
        page.pick_file = lambda _: source
        stage.hands.press("F2")
        stage.hands.press("Ctrl+A")
        stage.hands.type(format_jalali(MORNING.date()))
        if reading:
            stage.shoot("records-chosen")
            stage.later.waits = True
        stage.hands.press("Ctrl+Enter")
        if reading:
            self._tell_progress()
            page.look()
            stage.shoot(reading)
            stage.later.run()
            page.look()
            stage.hands.settle()

    def _tell_progress(self) -> None:
        stage = self._stage
        staged = records.look(stage.window.seat).staged
        if staged is None:
            raise RuntimeError("nothing is read")
        centre = stage.house.centre
        note_progress(centre.writer, staged.export_id, _AT, centre.clock())

    def _held(self, dirty: Path) -> None:
        """Held back; its rows, the reason, in force all the same; what stayed is ended."""
        stage, page = self._stage, self._page
        self._send(dirty)
        stage.shoot("records-held")
        stage.hands.press("2")
        stage.shoot("records-rows")
        stage.hands.press("2")
        told = page.body.told
        if told is None or page.body.held is None:
            raise RuntimeError("nothing is held")
        stage.hands.go_to(told.rows[0])
        stage.hands.space()
        stage.hands.settle()
        page.body.bring(told)
        stage.shoot("records-told")
        stage.hands.space()
        stage.hands.press("F8")
        stage.shoot("records-sums")
        stage.hands.press("F8")
        stage.album.paper(stage.take_print(), "sums", About())
        stage.hands.press("Esc")
        self._answer()
        stage.shoot("records-forced-over")
        kept = page.known.kept if page.known is not None else ()
        stage.hands.choose(kept[0].about[:4])
        stage.hands.type(_LETTER)
        stage.shoot("records-lift-typed")
        self._sign()
        stage.shoot("records-lifted")

    def _answer(self) -> None:
        """A tick a cause, a letter's number, the reason, two passwords."""
        stage, held = self._stage, self._page.body.held
        if held is None:
            raise RuntimeError("nothing is held")
        stage.hands.click_button("اعمال با ذکر دلیل")
        for row in held.rows:
            stage.hands.go_to(row.tick.control)
            stage.hands.space()
            if row.lifts is not None:
                stage.hands.go_to(next(iter(row.lifts.lines.values())))
                stage.hands.type(_LETTER)
        stage.shoot("records-reason")
        stage.hands.go_to(held.reason.control)
        stage.hands.type(_REASON)
        stage.hands.go_to(held.second.control)
        stage.hands.type(next(person.name for person in STAFF if person.role is Role.EXPERT))
        stage.hands.enter()
        stage.hands.go_to(held.second_password.control)
        stage.hands.type(PASSWORD)
        stage.hands.go_to(held.password.control)
        stage.hands.type(PASSWORD)
        stage.shoot("records-reason-typed")
        stage.hands.press("Ctrl+Enter")

    def _sign(self) -> None:
        form = self._page.body.form
        if not isinstance(form, RecordsForm):
            raise RuntimeError("nothing is to be signed")
        self._stage.hands.go_to(form.password.control)
        self._stage.hands.type(PASSWORD)
        self._stage.hands.press("Ctrl+Enter")

    def _read_again(self, newer: Path) -> None:
        """A reading whose program ended with it: nothing changed."""
        stage = self._stage
        stage.later.waits = True
        self._send(newer)
        stage.pass_time(2)
        stage.hands.press("F5")
        stage.shoot("records-broken")
        stage.later.waits = False
