"""The unit's answer to an objection, and the second person's word on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions import objections, reviewing
from desktop.actions.desk import Seat
from desktop.domain import contest
from desktop.domain.case import Case
from desktop.domain.contest import Contested, Correction
from desktop.domain.errors import Refusal
from desktop.domain.facts import ObjectionAnswered, ObjectionLaid
from desktop.domain.identifiers import LONGEST_ID, natural_id
from desktop.domain.known import rows_of
from desktop.domain.objection import Ground, Objections
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.objection.words import (
    NEXT,
    after_words,
    debt_words,
    rejected_words,
    reply_words,
)
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.rows_input import RowsInput
from desktop.ui.widgets.inputs.rows_model import TypedColumn
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.wire.objections import RecordBody

UPHELD, REJECTED, PAPERS, VISIT = "upheld", "rejected", "papers", "visit"
_ALSO = "also"
_MOST_ALSO = 20
_VERDICTS = (
    (UPHELD, "اعتراض وارد است"),
    (REJECTED, "وارد نیست"),
    (PAPERS, "مدرک لازم است"),
    (VISIT, "بازدید لازم است"),
)
_BUTTONS = {
    UPHELD: ("ثبت پاسخ و اصلاح", "check"),
    REJECTED: ("ثبت پاسخ منفی", "ban"),
    PAPERS: ("خواستن مدرک", "paperclip"),
    VISIT: ("درخواست بازدید", "walk"),
}
_SHOWN = {
    UPHELD: {
        *("which", "value", "first_name", "last_name"),
        *("upheld", "paper", "since", "excused", _ALSO),
    },
    REJECTED: {"rejected", "next"},
    PAPERS: set[str](),
    VISIT: set[str](),
}
_FIRST = {
    PAPERS: "پرونده برای مدرک به دفتر برمی‌گردد و پس از آن به همین‌جا می‌آید.",
    VISIT: "دفتر بی هزینه نوبت بازدید می‌گیرد؛ گزارش آن کنار سابقه به همین‌جا می‌آید.",
}
"""What comes before an answer, and how the case comes back."""
_WANTED = {
    PAPERS: "بنویسید کدام مدرک لازم است.",
    VISIT: "بنویسید در بازدید چه باید دیده شود.",
}
_MISSING = {
    "which": "برگزینید کدام قلم اصلاح می‌شود.",
    "value": "مقدار درست را بنویسید.",
    "first_name": "نام مالک درست را بنویسید.",
    "last_name": "نام خانوادگی مالک درست را بنویسید.",
    "upheld": "دلیل پذیرش را برگزینید.",
    "paper": "مستند پاسخ را برگزینید.",
    "since": "تاریخ را مانند ۱۴۰۵/۰۹/۰۳ بنویسید.",
    "excused": "بنویسید چرا عذر پذیرفته شد؛ مهلت اعتراض تمام شده است.",
    "rejected": "دلیل رد را برگزینید.",
    "next": "مرجع بعدی رسیدگی را برگزینید.",
}


class AnswerForm(ActForm):
    """پاسخ واحد متولی سابقه: right, with what it corrects; not right; or papers that lack.

    `changed` comes with each change: the reply in words stands elsewhere.
    """

    name = "answer-objection"

    changed = Signal()

    def __init__(
        self,
        case: Case,
        laid: ObjectionLaid,
        record: RecordBody | None,
        service: Service,
        ways: Objections,
        today: date,
    ) -> None:
        told = "" if laid.contested.of_record else "کسی جز کارشناس پروندهٔ نخست"
        super().__init__("پاسخ واحد متولی سابقه", told, *_BUTTONS[UPHELD])
        self._case, self._about, self._record, self._ways = case, laid, record, ways
        offered = [each for each in _VERDICTS if each[0] != VISIT or laid.contested.is_seen_there]
        self.verdict = FormField("پاسخ", Segments(offered), key="verdict")
        self.verdict.control.set_value(UPHELD)  # type: ignore[attr-defined]
        self.add(self.verdict)
        self._grid = Grid(3)
        own = [
            *self._of_record(),
            FormField("دلیل", ListChoice(_choices(service, contest.UPHELD)), key="upheld"),
            FormField("مستند", ListChoice(_papers(case)), key="paper"),
            FormField("از تاریخ", DateLine(today, "past"), key="since"),
            FormField("دلیل", ListChoice(_choices(service, contest.REJECTED)), key="rejected"),
            FormField("مرجع بعدی", ListChoice(_grounds(laid)), key="next"),
        ]
        self._own = own
        self.know(*own)
        self._grid.put([(field, 1) for field in own])
        self.card.body.addLayout(self._grid)
        if also := self._debts_too():
            self.add(also)
        if laid.late:
            self.add(FormField("عذر موجه", Prose(lines=2, max_length=500), key="excused"))
        self.comment = FormField("توضیح", Prose(lines=2, max_length=500), key="comment")
        self.add(self.comment)
        self.follows = Label("", "small", "text2", wrap=True)
        self.card.add(self.follows)
        for field in self.fields.values():
            field.edited.connect(self._arrange)
        # What one answer lacked says nothing of another.
        self.verdict.edited.connect(lambda: self.show_faults([]))
        self._arrange()

    def _of_record(self) -> list[FormField]:
        """What is put right, as the record has it."""
        contested, record = self._about.contested, self._record
        if record is None or not contested.of_record:
            return []
        if contested.is_area:
            words = f"{contested.word} درست"
            return [FormField(words, NumberLine(unit="مترمربع"), key="value")]
        if contested is Contested.USE:
            return [FormField("کاربری درست", TextLine(max_length=60), key="value")]
        if contested is Contested.DEBT:
            debts = [(debt.key, debt_words(debt)) for debt in record.debts]
            which = FormField("کدام بدهی", ListChoice(debts), key="which")
            return [which, FormField("مبلغ درست", MoneyLine(), key="value")]
        person = DigitsLine(LONGEST_ID, check=natural_id, whole=10)
        owners = [
            (owner.key, to_persian_digits(f"{owner.name}، {owner.dang} دانگ"))
            for owner in record.owners
        ]
        return [
            FormField("به جای", ListChoice(owners), key="which"),
            FormField("کد ملی مالک درست", person, key="value"),
            FormField("نام", TextLine(max_length=60), key="first_name"),
            FormField("نام خانوادگی", TextLine(max_length=60), key="last_name"),
        ]

    def _debts_too(self) -> FormField | None:
        """The debts that are put right by the same answer: they rest on what was wrong, or are
        contested with the first one. None where there are none."""
        contested, record = self._about.contested, self._record
        if record is None or not record.debts or Contested.DEBT not in contested.correctable:
            return None
        columns = (
            TypedColumn(
                "which", "بدهی", "choice",
                tuple((debt.key, debt_words(debt)) for debt in record.debts),
            ),
            TypedColumn("value", "مبلغ درست (ریال)", "money"),
        )  # fmt: skip
        other = contested is Contested.DEBT
        words = "بدهی‌های دیگری که اصلاح می‌شود" if other else "بدهی‌هایی که به تبع آن اصلاح می‌شود"
        return FormField(words, RowsInput(columns, _MOST_ALSO), key=_ALSO, optional=True)

    @property
    def chosen(self) -> str:
        """Which answer."""
        return str(self.verdict.value()) or UPHELD

    def _arrange(self) -> None:
        """Only what goes with the answer is asked."""
        shown = _SHOWN[self.chosen]
        for key, field in self.fields.items():
            field.setVisible(key in shown or key in ("verdict", "comment"))
        # What is not asked keeps no cell empty.
        self._grid.put([(field, 1) for field in self._own if not field.isHidden()])
        self.comment.set_optional(optional=self.chosen not in _FIRST)
        self.button, self.icon = _BUTTONS[self.chosen]
        words = after_words(self.corrections(), self._about) if self.chosen == UPHELD else ""
        self.follows.setText(words)
        self.follows.setVisible(bool(words))
        self.changed.emit()

    def arrange_typed(self) -> None:
        """As what was laid in wants it."""
        self._arrange()

    def corrections(self) -> tuple[Correction, ...]:
        """What the answer puts right, first what was contested; nothing while that is missing."""
        first = self._contested_put_right()
        return (*first, *self._debts_put_right()) if first else ()

    def _debts_put_right(self) -> tuple[Correction, ...]:
        """Of the rows those that are whole."""
        record = self._record
        if record is None or _ALSO not in self.fields:
            return ()
        sums = {debt.key: str(debt.total) for debt in record.debts}
        return tuple(
            Correction(Contested.DEBT, row["value"], sums[row["which"]], row["which"])
            for row in self._also()
            if row.get("which") in sums and row.get("value", "").isdecimal()
        )

    def _also(self) -> list[dict[str, str]]:
        text = str(self.fields[_ALSO].value()) if _ALSO in self.fields else ""
        return rows_of(text) if text else []

    def _contested_put_right(self) -> tuple[Correction, ...]:
        contested, record = self._about.contested, self._record
        if self.chosen != UPHELD or record is None or not contested.of_record:
            return ()
        value = self.fields["value"].value()
        if value is None or value == "":
            return ()
        match contested:
            case Contested.LAND | Contested.BUILT:
                former = record.land if contested is Contested.LAND else record.built
                return (Correction(contested, f"{Decimal(str(value)):.2f}", former),)
            case Contested.USE:
                return (Correction(contested, str(value), record.use),)
        key = str(self.fields["which"].value())
        if contested is Contested.DEBT:
            sums = {debt.key: debt.total for debt in record.debts}
            if key not in sums:
                return ()
            return (Correction(contested, str(int(value)), str(sums[key]), key),)
        first, last = self.fields["first_name"].value(), self.fields["last_name"].value()
        return (Correction(contested, str(value), "", key, str(first), str(last)),)

    def reply(self) -> str:
        """The reply in words, as far as it is given."""
        contested = self._about.contested
        if self.chosen == UPHELD:
            return reply_words(contested, self.corrections(), str(self.fields["upheld"].value()))
        if self.chosen == REJECTED:
            ground = self.fields["next"].value()
            way = self._ways.way(Ground(ground), "") if ground else ""
            return rejected_words(contested, str(self.fields["rejected"].value()), way)
        return _FIRST[self.chosen]

    def first(self) -> QWidget | None:
        """The answer itself."""
        return self.verdict

    def faults(self) -> Faults:
        """What the answer needs and has not."""
        if self.chosen in _FIRST:
            return [] if self.comment.value() else [("comment", _WANTED[self.chosen])]
        asked = [key for key in self.fields if key in _SHOWN[self.chosen] and key in _MISSING]
        found = [(key, _MISSING[key]) for key in asked if not _has(self.fields[key])]
        if found:
            return found
        given = self.corrections()
        if self.chosen == UPHELD and len(self._debts_put_right()) != len(self._also()):
            return [(_ALSO, "در هر سطر بدهی و مبلغ درست آن را بنویسید.")]
        if len({(each.item, each.key) for each in given}) != len(given):
            return [(_ALSO, "یک بدهی دو بار آمده است.")]
        for number, each in enumerate(given):
            try:
                each.demand_sound()
            except Refusal as no:
                return [(_ALSO if number else no.field or "value", no.words)]
        return []

    def job(self, seat: Seat) -> Callable[[], None]:
        """Answer it, or ask for papers."""
        case, comment, corrections = self._case, self.comment.value(), self.corrections()
        values = {key: field.value() for key, field in self.fields.items()}
        if self.chosen == PAPERS:
            return lambda: reviewing.send_back(seat, case, comment)
        if self.chosen == VISIT:
            return lambda: objections.order_visit(seat, case, str(comment))
        if self.chosen == REJECTED:
            reason, ground = str(values["rejected"]), Ground(values["next"])
            return lambda: objections.reject(seat, case, reason, ground, comment)
        return lambda: objections.uphold(
            seat,
            case,
            str(values["upheld"]),
            corrections,
            paper=str(values["paper"]),
            since=values["since"],
            excused=str(values.get("excused", "")),
            comment=comment,
        )


def _has(field: FormField) -> bool:
    value = field.value()
    return value is not None and value != ""


def _choices(service: Service, key: str) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in service.field(key).choices]


def _papers(case: Case) -> list[tuple[str, str]]:
    """The papers that were seen, by what the answer calls them."""
    shown = [document.title for document in case.request.documents if document.seen]
    return [(title, title) for title in dict.fromkeys([*shown, "سوابق شهرداری", "گزارش بازدید"])]


def _grounds(laid: ObjectionLaid) -> Sequence[tuple[str, str]]:
    return [(ground.value, NEXT[ground]) for ground in laid.contested.grounds]


AGREE, CHALLENGE = "agree", "challenge"
_SIGNING = {AGREE: ("امضای پاسخ", "user-check"), CHALLENGE: ("ثبت مخالفت", "arrow-back-up")}


class SignForm(ActForm):
    """امضای دوم: what was answered, agreed to or not; not agreed needs its comment."""

    name = "sign-objection"

    changed = Signal()

    def __init__(self, case: Case, given: ObjectionAnswered) -> None:
        words = "پس از امضا، سابقه اصلاح و نامهٔ پاسخ صادر می‌شود."
        super().__init__("امضای دوم", words, *_SIGNING[AGREE])
        self._case, self._given = case, given
        told = Pairs()
        for each in given.corrections:
            answers = each.answers(case.laid.contested) if case.laid is not None else "اصلاح"
            told.add(answers, to_persian_digits(each.words), weight=500)
        told.add("دلیل", to_persian_digits(given.reason))
        told.add("مستند", to_persian_digits(given.entered.get(contest.PAPER, "")))
        if given.excused:
            told.add("عذر پذیرفته", to_persian_digits(given.excused))
        if given.comment:
            told.add("توضیح", to_persian_digits(given.comment))
        self.card.add(told)
        options = [(AGREE, "موافقم"), (CHALLENGE, "موافق نیستم")]
        self.word = FormField("نظر نفر دوم", Segments(options), key="word")
        self.word.control.set_value(AGREE)  # type: ignore[attr-defined]
        self.comment = FormField("توضیح مخالفت", Prose(lines=2, max_length=500), key="comment")
        self.add(self.word, self.comment)
        self.word.edited.connect(self._arrange)
        self._arrange()

    @property
    def agreed(self) -> bool:
        """Whether the person signs."""
        return bool(self.word.value() != CHALLENGE)

    def _arrange(self) -> None:
        self.comment.setVisible(not self.agreed)
        self.button, self.icon = _SIGNING[AGREE if self.agreed else CHALLENGE]
        self.changed.emit()

    def arrange_typed(self) -> None:
        """As what was laid in wants it."""
        self._arrange()

    def reply(self) -> str:
        """The reply that is signed."""
        laid, given = self._case.laid, self._given
        return reply_words(laid.contested, given.corrections, given.reason) if laid else ""

    def first(self) -> QWidget | None:
        """The word itself."""
        return self.word

    def faults(self) -> Faults:
        """A challenge has its comment."""
        if self.agreed or self.comment.value():
            return []
        return [("comment", "توضیح مخالفت را بنویسید؛ پاسخ‌دهنده آن را می‌خواند.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign, or challenge."""
        case, agreed, comment = self._case, self.agreed, str(self.comment.value())
        said = "" if agreed else comment
        return lambda: objections.sign(seat, case, agreed=agreed, comment=said)
