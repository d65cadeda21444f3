"""Serving a ruling on whom it is against, at the counter or by the unit, and his objection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from desktop.actions import commissions
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import ServeRuling
from desktop.domain.identifiers import LONGEST_ID
from desktop.domain.people import Role
from desktop.domain.ruling import Serving
from desktop.domain.serving import notices
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.commissions.forms import NO_DAY, notice_lines, put_in_columns
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.prose import Prose

_NUMBER, _NAME = 40, 60
# Which fields are asked for each way, beside the day.
_ASKED: dict[Serving, frozenset[str]] = {
    Serving.PERSON: frozenset({"receiver_id"}),
    Serving.ATTORNEY: frozenset({"receiver", "receiver_id", "paper", "paper_date"}),
    Serving.POSTED: frozenset({"paper", "paper_date"}),
    Serving.REFUSED: frozenset({"note"}),
    Serving.ABSENT: frozenset({"note"}),
}
_MISSING = {
    "receiver": "نام وکیل را بنویسید.",
    "receiver_id": "کد ملی گیرنده را بنویسید.",
    "paper": "شمارهٔ این برگه را بنویسید.",
    "paper_date": NO_DAY,
    "note": "بنویسید چه دیده شد و چه کسی گواه بود.",
}


class _OfPerson(ActForm):
    """An act of one of those whom the ruling is against.

    `whose` names the field that tells who, `of_whom` the help's entry of it.
    """

    whose: ClassVar[str]
    of_whom: ClassVar[str]

    def __init__(
        self, case: Case, today: date, words: tuple[str, str, str], people: list[tuple[str, str]]
    ) -> None:
        heading, sentence, button = words
        super().__init__(heading, sentence, button, "gavel")
        self._case, self._today = case, today
        for line in notice_lines(case, today):
            self.card.add(line)
        choice = ListChoice(people)
        if len(people) == 1:
            choice.set_value(people[0][0])
        self.who = FormField(self.whose, choice, key="place", topic=self.of_whom)
        self.add(self.who)

    def faults(self) -> Faults:
        """Somebody is chosen."""
        return [] if self.who.value() else [("place", "برگزینید دربارهٔ چه کسی است.")]


class ServeForm(_OfPerson):
    """ابلاغ رأی: to whom it is against or his attorney, or why it was not."""

    whose = "گیرندهٔ ابلاغ"
    of_whom = "place"

    name = "serve-ruling"
    tab = "ابلاغ رأی"

    def __init__(self, case: Case, today: date) -> None:
        people = [(str(n.place), n.person.name) for n in notices(case) if n.served is None]
        words = (
            "مهلت هر کس از روز ابلاغ به خود او یا وکیلش آغاز می‌شود؛ "
            "تحویل نامه به بانک، دفترخانه یا خریدار ابلاغ نیست."
        )
        super().__init__(case, today, ("ابلاغ رأی", words, "ثبت ابلاغ"), people)
        self.way = FormField(
            "نحوهٔ ابلاغ", ListChoice([(way.value, way.word) for way in Serving]), key="way"
        )
        self.way.edited.connect(self.arrange_typed)
        day = DateLine(today, "past")
        day.offer()
        self.day = FormField("روز ابلاغ", day, key="served_on")
        self.receiver = FormField("نام وکیل", TextLine(max_length=_NAME), key="receiver")
        self.receiver_id = FormField("کد ملی گیرنده", DigitsLine(LONGEST_ID), key="receiver_id")
        self.paper = FormField(
            "شمارهٔ وکالت‌نامه یا صورت‌جلسه", TextLine(max_length=_NUMBER), key="paper"
        )
        self.paper_date = FormField("تاریخ آن", DateLine(today, "past"), key="paper_date")
        self.note = FormField("شرح", Prose(lines=2), key="note", topic="serving.note")
        put_in_columns(self, 2, self.way, self.day)
        put_in_columns(self, 2, self.receiver_id, self.receiver)
        put_in_columns(self, 2, self.paper, self.paper_date)
        self.add(self.note)
        self.arrange_typed()

    @property
    def _asked(self) -> frozenset[str]:
        value = self.way.value()
        return _ASKED[Serving(value)] if value else frozenset()

    def arrange_typed(self) -> None:
        """What goes with the way."""
        for key in _MISSING:
            self.fields[key].setVisible(key in self._asked)

    def faults(self) -> Faults:
        """Who, how, a day that was, and what goes with the way."""
        found = super().faults()
        if not self.way.value():
            found.append(("way", "برگزینید چگونه ابلاغ شد."))
        if self.day.value() is None:
            found.append(("served_on", NO_DAY))
        missing = [key for key in _MISSING if key in self._asked and not self.fields[key].value()]
        return found + [(key, _MISSING[key]) for key in missing]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Serve it."""
        case, ruling, asked = self._case, self._case.commission_result, self._asked

        def said(key: str) -> str:
            return str(self.fields[key].value()) if key in asked else ""

        service = ServeRuling(
            number=ruling.number if ruling is not None else "",
            place=int(self.who.value()),
            way=Serving(self.way.value()),
            served_on=self.day.value(),
            receiver=said("receiver"),
            receiver_id=said("receiver_id"),
            paper=said("paper"),
            paper_date=self.paper_date.value() if "paper_date" in asked else None,
            note=said("note"),
        )
        municipal = seat.staff.role is Role.EXPERT
        return lambda: commissions.serve(seat, case, service, municipal=municipal)


class ObjectionForm(_OfPerson):
    """اعتراض به رأی بدوی, in its term."""

    name = "object-to-ruling"
    tab = "اعتراض به رأی"
    whose = "معترض به رأی"
    of_whom = "objecting.place"

    def __init__(self, case: Case, today: date) -> None:
        people = [(str(n.place), n.person.name) for n in notices(case) if n.objected is None]
        words = "با اعتراض در مهلت، پرونده به کمیسیون تجدیدنظر می‌رود."
        super().__init__(case, today, ("اعتراض به رأی بدوی", words, "ثبت اعتراض"), people)
        self.paper = FormField("شمارهٔ نامهٔ اعتراض", TextLine(max_length=_NUMBER), key="paper")
        day = DateLine(today, "past")
        day.offer()
        self.day = FormField("روز اعتراض", day, key="objected_on")
        self.add(self.paper, self.day)

    def faults(self) -> Faults:
        """Who, the paper and its day."""
        found = super().faults()
        if not self.paper.value():
            found.append(("paper", "شمارهٔ نامهٔ اعتراض را بنویسید."))
        if self.day.value() is None:
            found.append(("objected_on", NO_DAY))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Record it."""
        case, place, paper = self._case, int(self.who.value()), str(self.paper.value())
        day: date = self.day.value()
        municipal = seat.staff.role is Role.EXPERT
        return lambda: commissions.object_to(seat, case, place, paper, day, municipal=municipal)
