"""صورت‌جلسهٔ تبدیل: a کارگزاری becomes a پیشخوان, in words that the centre signs as a letter's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_jalali, format_long
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.letter import Facts, Letter, LetterHead, LetterKind, LetterText, Release, Table
from desktop.domain.office import OfficeCard
from desktop.domain.persian import isolate, join_some, to_persian_digits
from desktop.domain.signer import Signed, Signer

OUTCOME = "minutes"
"""What the essence says that the paper is."""
_COLUMNS = ("گام", "شماره", "تاریخ", "امضاکننده")
_MOST_NAMES = 3
_COPIES = ("دارندهٔ پروانهٔ دفتر", "بایگانی مدیریت")


@dataclass(frozen=True)
class Minutes:
    """The minutes of an office's conversion on a `day`, as they were signed by the centre.

    `version` is that of the card that the two people signed. `essence` and `signature` are hex;
    they are checked as a letter's are, with the key `key_id`.
    """

    office: str
    day: date
    version: str
    number: str
    dated: date
    text: LetterText
    release: Release
    essence: str
    signature: str
    key_id: str

    @property
    def letter(self) -> Letter:
        """What is drawn."""
        return Letter(
            letter_id="",
            case_id="",
            # Not on the paper: the essence says what it is.
            kind=LetterKind.ANSWER,
            number=self.number,
            issued_on=self.dated,
            valid_until=None,
            text=self.text,
            essence=self.essence,
            signature=self.signature,
            key_id=self.key_id,
        )


@dataclass(frozen=True)
class Signatory:
    """Who signed in the program, in which capacity, on which day."""

    name: str
    title: str
    on: date

    @property
    def words(self) -> str:
        """«حمید میرجلیلی، ناظر شهرداری، ۱۴۰۵/۰۹/۰۳»."""
        return f"{self.name}، {self.title}، {isolate(format_jalali(self.on))}"


@dataclass(frozen=True)
class Converted:
    """What the minutes tell: both cards, the day, the steps as done, how many services are
    handed over, the last letter's year and serial, who signed first and second (None: nobody)."""

    before: OfficeCard
    after: OfficeCard
    day: date
    steps: Sequence[StepDone]
    services: int
    year: int
    serial: int
    head: LetterHead
    first: Signatory | None = None
    second: Signatory | None = None

    @property
    def text(self) -> LetterText:
        """All words of the minutes."""
        return LetterText(
            head=self.head,
            addressee=to_persian_digits(f"{_holder(self.after)}{self.before.name}"),
            subject=f"{Signed.CONVERSION.word} کارگزاری به دفتر پیشخوان",
            paragraphs=tuple(self._paragraphs()),
            table=Table(_COLUMNS, tuple(self._rows())),
            closing=tuple(self._closing()),
            copies=_COPIES,
            authority="",
            attachment="سند گام‌ها، در سامانه",
            sample=self.before.sample or self.after.sample,
            facts=Facts(tuple(self._facts()), after=1),
        )

    def _paragraphs(self) -> Iterator[str]:
        code = isolate(to_persian_digits(self.before.code))
        yield to_persian_digits(
            f"{self.after.authority.rstrip('.')}، کارگزاری با کد {code} از آغاز روز"
            f" {format_long(self.day)} دفتر پیشخوان است."
        )
        numbers = "تا امروز نامه‌ای صادر نشده است"
        if self.serial:
            last = isolate(to_persian_digits(f"{self.year}/{self.before.code}/{self.serial}"))
            numbers = f"آخرین نامهٔ صادرشده تا امروز {last} است"
        yield (
            f"{numbers}. شماره‌ها از نو آغاز نمی‌شود: هر نامه با کد روز صدور خود می‌ماند و"
            " پرونده‌ها و نامه‌ها با هر دو کد پیدا می‌شود."
        )
        yield (
            "پرونده‌های باز، کارکنان، باجه‌ها و خدمت‌های واگذارشده بی‌تغییر با همین دفتر می‌ماند. گام‌های"
            " زیر پیش از امضا کامل شده است:"
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "کد پیشین", isolate(to_persian_digits(self.before.code))
        yield "کد تازه", isolate(to_persian_digits(self.after.code))
        yield "نام دفتر", to_persian_digits(self.after.name)
        yield "نشانی", to_persian_digits(self.after.address)
        licence = isolate(to_persian_digits(self.after.licence))
        until = self.after.licence_until
        ends = f" تا {isolate(format_jalali(until))}" if until else ""
        yield "پروانهٔ کارگروه استانی", f"{licence}{ends}"

    def _rows(self) -> Iterator[tuple[str, ...]]:
        last = {(one.step, one.counter): one for one in self.steps}
        for step in (ConversionStep.APPLICATION, ConversionStep.LICENCE, ConversionStep.PREMISES):
            yield _row(step, last.get((step, 0)))
        trained = f"{self.services} خدمت" if self.services else "بی خدمت واگذارشده"
        yield (ConversionStep.STAFF.word, to_persian_digits(trained), "—", "بر پایهٔ کارنامه‌ها")
        yield _row(ConversionStep.EQUIPMENT, last.get((ConversionStep.EQUIPMENT, 0)))
        yield _tests([one for one in last.values() if one.step is ConversionStep.TEST])

    def _closing(self) -> Iterator[str]:
        if self.first is None or self.second is None:
            yield "این صورت‌جلسه با دو امضا مهر می‌شود و پس از آن تغییر نمی‌کند."
            return
        yield f"**در سامانه امضا شد:** {self.first.words}؛ {self.second.words}."


def _row(step: ConversionStep, done: StepDone | None) -> tuple[str, ...]:
    if done is None:
        return (step.word, "—", "—", "—")
    number = isolate(to_persian_digits(done.number))
    dated = isolate(format_jalali(done.dated)) if done.dated else "—"
    return (step.word, number, dated, to_persian_digits(done.signed_by))


def _tests(done: Sequence[StepDone]) -> tuple[str, ...]:
    """Of all counters in one row: over which days, and by whom."""
    right = [one for one in done if not one.fault]
    days = sorted({one.dated for one in right if one.dated is not None})
    ends = dict.fromkeys(isolate(format_jalali(day)) for day in (*days[:1], *days[-1:]))
    names = list(dict.fromkeys(one.signed_by for one in right if one.signed_by))
    count = to_persian_digits(f"{len(right)} باجه درست")
    by = to_persian_digits(join_some(names, _MOST_NAMES, "نفر"))
    return (ConversionStep.TEST.word, count, " تا ".join(ends) or "—", by or "—")


def _holder(card: OfficeCard) -> str:
    return f"{card.holder}، دارندهٔ پروانه، " if card.holder else ""


def released_by(signer: Signer, second: Signatory) -> tuple[str, str]:
    """Whose name and title stand under the minutes: the unit's head or a deputy who acts, by data,
    else the second person who signed in the program."""
    name, title = signer.hand
    if name:
        return name, title
    return second.name, f"از سوی {signer.title}"
