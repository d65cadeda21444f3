"""فراخوان نامه‌ها: letters that something changed about, that were recalled, that are void and
somebody has not heard of it; one row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import recalls
from desktop.domain.calendar import TEHRAN, format_day_month
from desktop.domain.lawful_recalls import FIRST
from desktop.domain.people import Role
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.asked_page import AskedPage
from desktop.ui.palette import Tone
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.widgets.told.empty import EmptyState
from desktop.wire.recalls import Part, RecallBody, RecallsAnswer

_COLUMNS = (
    TableColumn("نامه", 120, sortable=False),
    TableColumn("چرا", 240, stretch=4, sortable=False),
    TableColumn("متقاضی", 140, stretch=2, sortable=False),
    TableColumn("نشانی ملک", 160, stretch=2, drop=2, sortable=False),
    TableColumn("صدور", 84, drop=1, sortable=False),
    TableColumn("کاغذ نامه", 130, sortable=False),
    TableColumn("از", 84, sortable=False),
)


@dataclass(frozen=True)
class _Words:
    """A part's name, and what is said where nothing is in it."""

    name: str
    nothing: str
    detail: str


_PARTS: Mapping[Part, _Words] = {
    Part.CHANGED: _Words(
        "تغییر در سوابق",
        "نامه‌ای نیست که با سوابق مطابقت نداشته باشد",
        "اگر پس از صدور نامه تخلف، بازداشت، بدهی پیشین، مالک یا کاربری تغییر کند، همین‌جا می‌آید.",
    ),
    Part.RECALLED: _Words(
        "در انتظار نفر دوم",
        "نامهٔ فراخوانده‌ای در انتظار تصمیم نیست",
        "نامه‌ای که یک نفر فرابخواند، تا تصمیم نفر دوم همین‌جا می‌ماند.",
    ),
    Part.UNTOLD: _Words(
        "اعلام‌نشده",
        "ابطال همهٔ نامه‌ها اعلام شده است",
        "نامه‌ای که پس از تحویل ابطال شود، تا به همه اعلام نشده است همین‌جا می‌ماند.",
    ),
}
_WANTED = _Words(
    "نسخهٔ دیگر",
    "دفتری نسخهٔ دیگری نخواسته است",
    "از هر نامه دفتر تنها چند نسخه چاپ می‌کند؛ نسخهٔ بیشتر را ناظر اجازه می‌دهد.",
)
_PAPERS: Mapping[bool, tuple[str, str, Tone]] = {
    True: ("تحویل شده", "user-check", "refuse"),
    False: ("در دفتر", "building-community", "neutral"),
}


class RecallsPage(AskedPage):
    """Who waits longest first; Enter opens the case, where it is decided."""

    place: places.Recalls

    listens = frozenset({Kind.SYNC, Kind.DAY})
    rail = "recalls"
    down = "به مرکز وصل نیستیم؛ فراخوان نامه‌ها را مرکز می‌داند."
    icon = "eye-check"

    def __init__(self, shell: Shell, place: places.Recalls) -> None:
        empty = EmptyState("", "", icon="circle-check")
        super().__init__(shell, place, "نامه‌ها", _COLUMNS, empty)
        self.set_heading(Heading("فراخوان نامه‌ها", "قدیمی‌ترین‌ها در آغاز"))
        self._told: RecallsAnswer | None = None
        self._parts = dict(_PARTS)
        if shell.seat.staff.role is Role.SUPERVISOR:
            self._parts[Part.COPIES] = _WANTED
        self.part = Segments([(part.value, words.name) for part, words in self._parts.items()])
        self.part.setAccessibleName("کدام نامه‌ها")
        # Who only decides of what others recalled begins there.
        first = Part.CHANGED if shell.seat.staff.role in FIRST else Part.RECALLED
        wanted = place.part if place.part in {part.value for part in self._parts} else ""
        self.part.set_value(wanted if wanted and wanted != Part.CHANGED else first.value)
        self.part.edited.connect(self.ask)
        filters = Row(gap=12)
        filters.addWidget(self.part)
        filters.addStretch(1)
        choices = QWidget()
        choices.setLayout(filters)
        self.lay(choices)

    def ask(self) -> None:
        """Ask the centre for the chosen part."""
        part = Part(self.part.value())
        self.returns_to = places.Recalls(part.value)
        job = partial(recalls.listed, self.shell.seat, part)
        self.shell.work.run(self, job, self.show_answer, self.failed, line=True)

    def show_answer(self, told: RecallsAnswer) -> None:
        """Show what the centre told."""
        self._told = told
        words = self._parts[Part(self.part.value())]
        self.empty.say(words.nothing, words.detail)
        more = told.total - len(told.rows)
        self.show_rows(
            [(each.letter_id, self._cells(each)) for each in told.rows],
            {each.letter_id: places.MunicipalCase(each.case_id) for each in told.rows},
            f"{more} نامهٔ دیگر پس از این‌ها می‌آید." if more > 0 else "",
        )
        counts = told.counts
        waiting = counts["recalled"]
        if self.shell.seat.staff.role in FIRST:
            waiting += counts["changed"]
        if Part.COPIES in self._parts:
            waiting += counts["copies"]
        self.shell.show_count(self.rail, waiting)

    def _cells(self, each: RecallBody) -> list[Cell]:
        titles = join_and([change.title for change in each.changes])
        changed = titles or each.reason
        if each.state == "void":
            changed = each.reason
        left = f"{each.untold} گیرنده هنوز مطلع نشده است" if each.untold else ""
        words, icon, tone = _PAPERS[each.handed]
        return [
            named(isolate(to_persian_digits(each.number))),
            Cell(to_persian_digits(changed), weight=500, wraps=True),
            Cell(to_persian_digits(each.applicant)),
            quiet(to_persian_digits(each.place)),
            quiet(format_day_month(each.issued_on)),
            Cell(chip=ChipLook(to_persian_digits(left) if left else words, icon, tone)),
            quiet(format_day_month(each.since.astimezone(TEHRAN).date())),
        ]

    @property
    def one(self) -> RecallBody | None:
        """The chosen row's."""
        rows = self._told.rows if self._told is not None else []
        return next((each for each in rows if each.letter_id == self.table.key()), None)
