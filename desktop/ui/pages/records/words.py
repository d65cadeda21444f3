"""«واژه‌های ناشناخته»: words of an export that no list knows get their meaning in one form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from desktop.actions import record_words
from desktop.actions.desk import Seat
from desktop.actions.records import UnknownBody
from desktop.domain.money import format_number
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.record_words import MEANING_WORDS, WordColumn
from desktop.ui import theme
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import FOR_SECOND
from desktop.ui.pages.records.forms import RecordsForm
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.lists.rows import ListRow

_AT_ONCE = 24
_COLUMNS = 3
_NARROW_FROM = 110
_WORDS_SHOWN = 3


class WordsCard(Card):
    """How many words mean nothing yet; `chosen` when they are to be given their meaning."""

    chosen = Signal()

    def __init__(self, unknown: Sequence[UnknownBody], waits: Sequence[UnknownBody]) -> None:
        why = "تا معنایشان تعیین نشود، کارشناس به هر ملکی که یکی از آنها را دارد نگاه می‌کند"
        super().__init__("واژه‌های ناشناخته", why, gap=2)
        self.rows: list[ListRow] = []
        if unknown:
            self._add(unknown, "help-circle", "تعیین معنا…").clicked.connect(self.chosen)
        if waits:
            row = self._add(waits, "clock", "در انتظار امضای دوم در «خدمت‌ها»", leads=False)
            # It tells and opens nothing.
            row.setEnabled(False)

    def _add(
        self, words: Sequence[UnknownBody], icon: str, note: str, *, leads: bool = True
    ) -> ListRow:
        shown = [f"«{to_persian_digits(each.word)}»" for each in words[:_WORDS_SHOWN]]
        if len(words) > _WORDS_SHOWN:
            shown.append(f"{format_number(len(words) - _WORDS_SHOWN)} واژهٔ دیگر")
        cells = format_number(sum(each.count for each in words))
        row = ListRow(
            join_and(shown), f"در {cells} خانهٔ سوابق", icon=icon, note=note, chevron=leads
        )
        self.rows.append(row)
        self.add(row)
        return row


class WordsForm(RecordsForm):
    """What each word means; what is left open stays with the experts."""

    name = "records-words"

    def __init__(self, unknown: Sequence[UnknownBody]) -> None:
        self.unknown = tuple(unknown[:_AT_ONCE])
        sentence = "معنای هر واژه را که می‌شناسید تعیین کنید؛ با امضای نفر دوم از فردا برقرار است."
        if len(unknown) > _AT_ONCE:
            sentence += f" {format_number(_AT_ONCE)} واژهٔ پرشمارتر نخست می‌آید."
        super().__init__("معنای واژه‌ها", sentence, FOR_SECOND, "pencil")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(8))
        # From there on a third column would stand outside of the usual window.
        columns = _COLUMNS if theme.zoom() < _NARROW_FROM else _COLUMNS - 1
        for place, each in enumerate(self.unknown):
            # One of them is asked for, the others may stay open.
            field = _field(each, optional=len(self.unknown) > 1)
            self.know(field)
            grid.addWidget(field, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.card.body.addLayout(grid)
        row = self.signed_by()
        row.addStretch(2)
        self.card.body.addLayout(row)

    def faults(self) -> Faults:
        """At least one meaning, and the password."""
        found: Faults = []
        if not self._meanings():
            found.append((_key(self.unknown[0]), "دست‌کم یک واژه را معنا کنید."))
        return found + self.signature_faults()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Prepare them."""
        password = str(self.password.value())
        return partial(record_words.prepare, seat, self._meanings(), password)

    def _meanings(self) -> dict[tuple[WordColumn, str], str]:
        given = {}
        for each in self.unknown:
            meaning = str(self.fields[_key(each)].value())
            if meaning:
                given[WordColumn(each.column), each.word] = meaning
        return given


def _key(each: UnknownBody) -> str:
    """By the word itself: what it means is never laid in for the one that comes to its place."""
    return f"word.{each.column}.{each.word}"


def _field(each: UnknownBody, *, optional: bool) -> FormField:
    column = WordColumn(each.column)
    meanings = [(str(meaning), MEANING_WORDS[meaning]) for meaning in column.meanings]
    choice = ListChoice(meanings, placeholder="نزد کارشناس بماند")
    words = f"«{to_persian_digits(each.word)}»، {column.word}"
    hint = f"در {format_number(each.count)} خانه"
    return FormField(words, choice, key=_key(each), optional=optional, topic="word", hint=hint)
