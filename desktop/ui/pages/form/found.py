"""What the records said, laid into the case form: the strip, the tinted fields, the summary."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from PySide6.QtCore import QObject, Signal

from desktop.actions.desk import Seat
from desktop.domain.calendar import format_jalali
from desktop.domain.decision import Outcome
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Effect, Service
from desktop.domain.words import OUTCOMES
from desktop.forms.answers import (
    RECORD_FOUND,
    RECORD_NONE,
    RECORD_UNKNOWN,
    Checked,
    conditions,
)
from desktop.forms.recorded import fill
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.desk import Loaded
from desktop.ui.pages.form.records import Records
from desktop.ui.pages.form.side import FormSide
from desktop.ui.palette import Tone
from desktop.ui.work import Work
from desktop.wire.payloads import PrecheckAnswer

_NONE = "سابقه‌ای یافت نشد؛ مشخصات ملک را از سند بنویسید."
_NO_RECORD = "سابقه‌ای از این ملک یافت نشد."
_SEVERAL = "این پلاک ثبتی در سوابق برای چند ملک آمده است؛ کد نوسازی را از سند بنویسید یا درست کنید."
_ANOTHER = "کد نوسازی و پلاک ثبتی دو ملک جدا را نشان می‌دهند؛ هر دو را با سند بسنجید."
_STRANGER = "سابقه یافت شد، اما این شخص در میان مالکان ثبت‌شده نیست؛ درخواست نزد کارشناس می‌رود."
_HIDDEN = "سابقه یافت شد؛ جزئیات آن تنها به مالک گفته می‌شود."
_SILENT = "پس از خوداظهاری"
_UNFINISHED = "پس از تکمیل فرم"
# Gates that look at what the form says of the work itself.
_ON_FORM = {"blackout", "street", "restoration", "charge", "minimum-parcel"}
_NAMED_PAPER = {"paper", "paper_number"}
_FEW_LEFT = 10
_TONES: dict[str, Tone] = {
    Outcome.ANSWER: "ok",
    Outcome.PAY: "pay",
    Outcome.VISIT: "visit",
    Outcome.REVIEW: "review",
    Outcome.REFUSE: "refuse",
}


def _today(answer: PrecheckAnswer, *, silent: bool, unfinished: bool) -> tuple[str, Tone | None]:
    """What the records would answer; open while it hangs on what is not filled in yet."""
    if unfinished:
        return _UNFINISHED, None
    asks_visit = {f.gate for f in answer.findings if f.effect == Effect.VISIT}
    if silent and answer.outcome == Outcome.VISIT and asks_visit == {"self-declaration"}:
        return _SILENT, None
    words = OUTCOMES[Outcome(answer.outcome)]
    if answer.amount:
        pays = answer.outcome == Outcome.PAY
        words += f"{'، ' if pays else ' و پرداخت '}{format_rial(answer.amount)}"
    return words, _TONES[answer.outcome]


def _why(answer: PrecheckAnswer) -> str:
    """The first of the conditions that ask for just this; the pre-check's paper has them all."""
    return next((f.condition for f in answer.findings if f.effect == answer.outcome), "")


def _none(service: Service) -> str:
    """That there is no record; where the form then asks for more of the property, to write it."""
    held = service.asked_fields({"record": RECORD_FOUND})
    more = [f for f in service.asked_fields({"record": RECORD_NONE}) if f not in held]
    return _NONE if more else _NO_RECORD


def _unfinished(service: Service, answer: PrecheckAnswer, missing: Set[str]) -> bool:
    """Whether a gate fails that looks at a field which is not filled in yet."""
    reads: dict[str, Set[str]] = {"named-paper": _NAMED_PAPER, **dict.fromkeys(_ON_FORM, missing)}
    reads |= {use.rule.key: use.rule.fails.names for use in service.gates if use.rule is not None}
    failing = (finding.gate for finding in answer.findings if finding.effect)
    return any(missing & reads.get(gate, set()) for gate in failing)


class Findings(QObject):
    """Asks by `Records`; `changed` comes when the form asks for other fields than before."""

    changed = Signal()

    def __init__(self, seat: Seat, work: Work, service: Service, body: FormBody) -> None:
        super().__init__(body)
        self._service, self._body = service, body
        self.answer: PrecheckAnswer | None = None
        self._records = Records(seat, work, service)
        self._records.setParent(self)
        self._records.answered.connect(self._answered)
        self._records.unasked.connect(self._unasked)
        self.consider, self.retry = self._records.consider, self._records.retry

    def _answered(self, answer: PrecheckAnswer | None) -> None:
        self.answer = answer
        if answer is None:
            self._lay(RECORD_UNKNOWN, "")
            return
        words, warn = _none(self._service), True
        if answer.outside:
            words = f"{answer.outside} پاسخ منفی خواهد بود."
        elif answer.several:
            words = _ANOTHER if answer.found else _SEVERAL
        elif answer.found and answer.standing:
            words, warn = f"سابقه یافت شد: {answer.summary}", False
        elif answer.found:
            applicant = self._body.party.applicant
            asked = self._service.asks("standing", conditions(self._body.filled()))
            words, warn = _HIDDEN, False
            if asked and not applicant.is_body:
                words, warn = _STRANGER, True
        record = RECORD_FOUND if answer.found else RECORD_NONE
        self._lay(record, to_persian_digits(words), warn=warn)

    def _unasked(self, words: str) -> None:
        self.answer = None
        self._lay(RECORD_UNKNOWN, words, asked=False)

    def _lay(self, record: str, words: str, *, asked: bool = True, warn: bool = False) -> None:
        answer = self.answer
        self._body.estate.say(words, asked=asked, warn=warn)
        self._body.ask(record)
        values = fill(self._service, answer.fields) if answer is not None else {}
        as_of = answer.as_of if answer is not None else date.min
        self._body.fill_from_records(values, as_of)
        self._body.ask()
        self.changed.emit()

    def summarise(self, panel: FormSide, loaded: Loaded, checked: Checked | None) -> None:
        """The side panel as the form stands."""
        body, answer = self._body, self.answer
        said = answer.fields if answer is not None else {}
        visit = said.get("last_visit", "")
        rows: list[tuple[str, str, Tone | None]] = [
            ("متقاضی", to_persian_digits(body.party.name()), None)
        ]
        if answer is not None and answer.share:
            share = to_persian_digits(answer.share.replace(".", "٫"))
            whose = "سهم مالک در سوابق" if body.party.applicant.represents else "سهم در سوابق"
            rows.append((whose, f"{share} دانگ از ۶", None))
        code = checked.code if checked is not None else ""
        rows.append(("ملک", isolate(to_persian_digits(code)) if code else "", None))
        permit = said.get("last_permit.number", "")
        rows.append(("پروانه", isolate(to_persian_digits(permit)) if permit else "", None))
        seen = isolate(format_jalali(date.fromisoformat(visit))) if visit else ""
        rows.append(("آخرین بازدید", seen, None))
        promised = loaded.promise(conditions(body.filled()))
        rows.append(("مهلت پاسخ", isolate(format_jalali(promised)), None))
        if answer is not None and answer.outcome:
            faults = checked.faults if checked is not None else []
            told = {fault.field for fault in faults}
            missing = {key for key in body.details.cells() if key in told}
            # An unset tick is an answer only once the rest is filled in.
            missing |= body.details.unset_ticks() if missing else set()
            unfinished = _unfinished(self._service, answer, missing)
            silent = not body.details.unchanged()
            words, tone = _today(answer, silent=silent, unfinished=unfinished)
            rows.append(("پاسخ امروز", words, tone))
            rows.append(("دلیل", _why(answer) if tone else "", None))
        elif answer is not None and answer.outside:
            # Whoever asks and whatever is filled in yet: the city answers for no other one's land.
            rows.append(("پاسخ امروز", OUTCOMES[Outcome.REFUSE], _TONES[Outcome.REFUSE]))
        if answer is not None and answer.left <= _FEW_LEFT:
            left = to_persian_digits(f"{answer.left} ملک دیگر")
            rows.append(("پیش‌بررسی امروز", left, "pay"))
        panel.show_summary(rows)
        panel.precheck.setVisible(answer is not None)
        panel.show_documents(body.documents.complete(), body.documents.total())
        taken = body.fee.payment() is not None
        panel.show_fee(loaded.fee, "کارت‌خوان", taken=taken)
