"""A sheet of offices, looked at: what it brings, which rows are left out, and the signature."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.actions.office_import import SheetLook
from desktop.domain.money import format_number
from desktop.domain.persian import join_and, to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SHORT_REASON, SignedForm, is_short
from desktop.ui.pages.records.parts import name_of
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, let_lines_ask
from desktop.ui.widgets.told.banner import Banner

_MOST = 60
"""So many rows are named; the others are counted."""
_FIGHT = "دو ردیف یک کد دارند و چیزی ثبت نمی‌شود؛ برگه را اصلاح و دوباره وارد کنید."
_LATER = (
    "{} ردیف نخست اکنون ثبت می‌شود؛ {} ردیف دیگر پس از امضای دوم، "
    "با ورود دوبارهٔ همین فایل ثبت می‌شود."
)
_NOTHING = "در این برگه چیزی برای ثبت نیست."


class ImportForm(SignedForm):
    """What a sheet would change; `takes` where something of it can be put forward."""

    name = "offices-import"

    def __init__(self, look: SheetLook) -> None:
        rows = look.new + look.changed
        words = to_persian_digits(f"{rows} ردیف درست ثبت شود")
        super().__init__("ورود از فایل", name_of(look.source), words, "send")
        self.look = look
        self.takes = look.draft is not None
        self.subject = look.source.name
        self.card.add(Label(counts_words(look), "section", weight=700, wrap=True))
        if look.fight:
            self.card.add(Banner(_FIGHT, "refuse"))
        elif not self.takes:
            self.card.add(Banner(_NOTHING, "neutral"))
        if look.later:
            words = _LATER.format(format_number(rows), format_number(look.later))
            self.card.add(Banner(words, "neutral", icon="info-circle"))
        if look.faults:
            left_out = "ردیف‌های نادرست" if look.fight else "این ردیف‌ها ثبت نمی‌شود"
            self.card.add(Label(f"{left_out}:", weight=500))
            self.card.add(_named(look))
        for doubt in look.warnings:
            self.card.add(Banner(doubt.words, "pay"))
        self.reason = FormField("دلیل", Prose(lines=1, max_length=400), key="reason")
        if look.warnings:
            self.put(1, (self.reason, 1))
        if self.takes:
            self.put_password()

    def faults(self) -> Faults:
        """A reason where the centre doubts, and the password."""
        short = bool(self.look.warnings) and is_short(str(self.reason.value()))
        return ([("reason", SHORT_REASON)] if short else []) + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put the right rows forward."""
        look, draft = self.look, self.look.draft
        assert draft is not None
        self.publication = draft.publication
        rows = to_persian_digits(len(draft.items))
        self.done = f"{rows} ردیف منتظر امضای دوم است."
        reason, password = str(self.reason.value()), str(self.password.value())

        def do() -> None:
            access.confirm(seat, password)
            publishing.prepare(seat, draft, look.warnings, reason if look.warnings else "")

        return do


def _named(look: SheetLook) -> QWidget:
    """The faults, a line each, close together."""
    column = Column(gap=0)
    for no in look.faults[:_MOST]:
        column.addWidget(Label(no.words, wrap=True))
    if len(look.faults) > _MOST:
        more = to_persian_digits(f"و {len(look.faults) - _MOST} ردیف دیگر")
        column.addWidget(Label(more, role="text2"))
    named = QWidget()
    named.setLayout(column)
    let_lines_ask(named)
    return named


def counts_words(look: SheetLook) -> str:
    """«۹۶ دفتر تازه، ۲ تغییر و ۲ ردیف نادرست»."""
    counted = (
        (look.new, "دفتر تازه"),
        (look.changed, "تغییر"),
        (len(look.faults), "ردیف نادرست"),
        (look.same, "ردیف بی‌تغییر"),
    )
    told = [to_persian_digits(f"{count} {words}") for count, words in counted if count]
    return join_and(told) or "ردیفی نیست"
