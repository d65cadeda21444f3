"""What is chosen of services and offices: two lists, each with its search, one with its ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.handing_over import Choices
from desktop.domain.persian import fold, to_latin_digits, to_persian_digits
from desktop.ui.city_words import district_name
from desktop.ui.pages.delegation.words import (
    holders_note,
    office_words,
    offices_beside,
    trained_note,
)
from desktop.ui.widgets.holders.card import Card, Disc
from desktop.ui.widgets.inputs.field import ErrorLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.picks import Pick, PickList

COUNTERS, ALL, DISTRICT, CHOSEN = "counters", "all", "district", "chosen"
WAYS = (
    (COUNTERS, "همهٔ پیشخوان‌ها"),
    (ALL, "همهٔ دفترها"),
    (DISTRICT, "یک منطقه"),
    (CHOSEN, "انتخابی"),
)
SHOWN = 200
"""So many rows stand in a list; the others by search."""


class ChoosingCard(Card):
    """A numbered card with a list, what is wrong with it, and how many rows are left out.

    Where room is scarce it folds to a line (`fold`) once something is chosen and it is left.
    """

    edited = Signal()

    def __init__(self, number: int, heading: str, picks: PickList, search: SearchBox) -> None:
        super().__init__(heading, " ")
        self._within = Column(gap=6)
        self._content = QWidget()
        self._content.setLayout(self._within)
        self.body.addWidget(self._content, 1)
        self.edit = self.add_link("ویرایش")
        self.edit.setAccessibleName(f"ویرایش {heading}")
        self.edit.clicked.connect(self._open_again)
        self.edit.hide()
        self.folded = False
        self.disc = Disc(number)
        self.head.insertWidget(0, self.disc)
        self.picks, self.search = picks, search
        self.fault = ErrorLine()
        self.fault.hide()
        self.more = Label("", "small", "text2", wrap=True)
        self.more.hide()
        search.edited.connect(self.show_rows)
        search.searched.connect(lambda _: picks.setFocus())
        picks.edited.connect(self._changed)
        self.choices: Choices | None = None

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget into what folds."""
        self._within.addWidget(widget, stretch)

    def fold(self, *, folded: bool) -> None:
        """Fold it to a line, or open it; with nothing chosen or something wrong it stays open."""
        folded = folded and self.disc.state() == "done"
        if folded == self.folded:
            return
        self.folded = folded
        self._content.setVisible(not folded)
        self.edit.setVisible(folded)
        vertical = QSizePolicy.Policy.Maximum if folded else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.tell()

    def _open_again(self) -> None:
        self.fold(folded=False)
        self.picks.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_error(self, words: str | None) -> None:
        """What is wrong with what is chosen."""
        self.fault.words.setText(words or "")
        self.fault.setVisible(bool(words))
        self.tell()

    def show_choices(self, choices: Choices) -> None:
        """Other choices; what is ticked stays."""
        self.choices = choices
        self.show_rows()

    def show_rows(self) -> None:
        """The rows that are searched for."""
        raise NotImplementedError

    def tell(self) -> None:
        """What stands beside the heading, and the disc."""
        raise NotImplementedError

    def put_rows(self, picks: Sequence[Pick], count: int) -> None:
        """Rows of so many, no more than may stand there."""
        self.picks.set_picks(picks)
        left = count - len(picks)
        self.more.setVisible(left > 0)
        self.more.setText(to_persian_digits(f"و {left} ردیف دیگر؛ نام یا کد را بنویسید."))
        self.tell()

    def mark(self, *, chosen: bool) -> None:
        """The disc by what is chosen and what is wrong."""
        wrong = not self.fault.isHidden()
        self.disc.set_state("error" if wrong else "done" if chosen else "later")

    def _changed(self) -> None:
        self.set_error(None)
        self.edited.emit()


class ServicesCard(ChoosingCard):
    """۱ the services, and how many offices have each already."""

    def __init__(self) -> None:
        picks = PickList("خدمت‌ها", note=112)
        super().__init__(1, "خدمت‌ها", picks, SearchBox("نام خدمت", width="fill", name="نام خدمت"))
        for widget in (self.search, self.fault):
            self.add(widget)
        self.add(self.picks, 1)
        self.add(self.more)

    def chosen(self) -> list[str]:
        """The codes of the services that are ticked, in the order of the list."""
        known = self.choices.services if self.choices is not None else {}
        return [code for code in known if code in self.picks.chosen()]

    def show_rows(self) -> None:
        """Those whose title has what is typed."""
        if self.choices is None:
            return
        typed = fold(str(self.search.value()))
        rows = [
            Pick(code, service.title, note=holders_note(len(self.choices.holding.get(code, ()))))
            for code, service in self.choices.services.items()
            if typed in fold(service.title)
        ]
        self.put_rows(rows, len(rows))

    def tell(self) -> None:
        """«۲ از ۲۰»."""
        if self.choices is None:
            return
        chosen = len(self.chosen())
        words = f"{chosen} از {len(self.choices.services)}"
        if self.folded:
            # Of what can't be seen the names.
            words = "، ".join(self.choices.services[code].title for code in self.chosen())
        self.beside.setText(to_persian_digits(words))
        self.mark(chosen=bool(chosen))


class OfficesCard(ChoosingCard):
    """The offices: four ways to choose, and how many trained people each has."""

    def __init__(self, number: int) -> None:
        picks = PickList("دفترها", numbered=True, note=126)
        box = SearchBox("کد یا نام دفتر", width="fill", name="کد یا نام دفتر")
        super().__init__(number, "دفترها", picks, box)
        self.way = Segments(WAYS)
        self.way.setAccessibleName("گزینش دفترها")
        self.way.edited.connect(self._choose_way)
        self.district = ListChoice([], placeholder="منطقه")
        self.district.setAccessibleName("منطقه")
        self.district.edited.connect(self._choose_way)
        self.district.hide()
        self._services: tuple[str, ...] = ()
        # Asked a dozen times whenever something is chosen: of thousands of offices sorted once.
        self._ordered: tuple[Choices | None, frozenset[str], list[str]] = (None, frozenset(), [])
        line = QWidget()
        row = Row(self.search, gap=8)
        row.addWidget(self.district, 1)
        line.setLayout(row)
        for widget in (self.way, line, self.fault):
            self.add(widget)
        self.add(self.picks, 1)
        self.add(self.more)
        picks.edited.connect(lambda: self.way.set_value(CHOSEN))

    def chosen(self) -> list[str]:
        """The ids of the offices that are ticked and open on that day, by code."""
        choices, ticked = self.choices, self.picks.chosen()
        if choices is None:
            return []
        if self._ordered[:2] != (choices, ticked):
            self._ordered = (choices, ticked, choices.in_order(ticked))
        return list(self._ordered[2])

    def set_services(self, services: Sequence[str]) -> None:
        """The services that people must be trained for."""
        if tuple(services) != self._services:
            self._services = tuple(services)
            self.show_rows()

    def show_choices(self, choices: Choices) -> None:
        """Other choices: of a way that was chosen the same way again."""
        before = self.choices
        self.choices = choices
        found = {card.district for card in choices.offices.values() if card.district}
        words = [(str(each), district_name(each)) for each in sorted(found)]
        if tuple(words) != self.district.options():
            self.district.set_options(words)
        if before is not None and before.offices != choices.offices:
            self._take_way()
        self.show_rows()

    def show_way(self) -> None:
        """Show the district where a district is the way, as after a draft was laid in."""
        self.district.setVisible(self.way.value() == DISTRICT)
        self.show_rows()

    def take_out(self, offices: Sequence[str]) -> None:
        """These are chosen no more."""
        self.picks.set_value(self.picks.chosen() - set(offices))
        self.way.set_value(CHOSEN)
        self.show_rows()
        self.edited.emit()

    def _choose_way(self) -> None:
        self.district.setVisible(self.way.value() == DISTRICT)
        self._take_way()
        self.show_rows()
        self.set_error(None)
        self.edited.emit()

    def _take_way(self) -> None:
        choices, way = self.choices, self.way.value()
        if choices is None or way in ("", CHOSEN):
            return
        if way == DISTRICT:
            district = self.district.value()
            found = choices.in_district(int(district)) if district else frozenset()
        else:
            found = choices.counters() if way == COUNTERS else frozenset(choices.offices)
        self.picks.set_value(found)

    def show_rows(self) -> None:
        """Those that lack somebody first; of a search those whose code or name has it."""
        choices = self.choices
        if choices is None:
            return
        typed = str(self.search.value())
        code, words = to_latin_digits(typed).strip(), fold(typed)
        trained = choices.trained(self._services)
        shown = [
            of
            for of in choices.ranks
            if not typed
            or (code and choices.offices[of].code.startswith(code))
            or words in choices.folded[of]
        ]
        if trained is not None:
            shown.sort(key=lambda of: of in trained)
        rows = [self._pick(choices, of, trained) for of in shown[:SHOWN]]
        self.put_rows(rows, len(shown))

    def _pick(self, choices: Choices, office: str, trained: Mapping[str, int] | None) -> Pick:
        card = choices.offices[office]
        name = office_words(choices, office).removeprefix(to_persian_digits(card.code)).strip()
        note = trained_note(None if trained is None else trained.get(office, 0))
        return Pick(office, name or card.name, card.code, note)

    def tell(self) -> None:
        """«۲۵ از ۴۰، ۳ دفتر متصدی آموزش‌دیده ندارد»."""
        if self.choices is None:
            return
        chosen = self.chosen()
        self.beside.setText(offices_beside(self.choices, chosen, self._services))
        self.mark(chosen=bool(chosen))
