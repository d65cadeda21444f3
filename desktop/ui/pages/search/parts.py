"""What the search finds: places of the window, services, cases; each one line that opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.actions import board
from desktop.actions.board import QueueCase
from desktop.actions.desk import Seat
from desktop.actions.intake import services as offered
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.identifiers import is_tracking_code, mask_id
from desktop.domain.office import within_city
from desktop.domain.persian import fold, folded_words, isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import ENDS
from desktop.domain.status import read_status
from desktop.ui import places
from desktop.ui.pages.search.found_list import Line
from desktop.ui.roles import RailEntry
from desktop.ui.standing.chips import chip_of
from desktop.ui.standing.lines import whole_code

LIMIT = 30
_PLAQUE = "پلاک"

# What the typed text was taken for, by the names of the store's shapes.
SHAPES = {
    "tracking": "کد رهگیری",
    "number": "شمارهٔ پرونده",
    "person-id": "کد یا شناسهٔ ملی",
    "mobile": "شمارهٔ همراه",
    "letter": "شمارهٔ نامه",
    "code": "کد نوسازی",
    "plate": "پلاک ثبتی",
    "words": "نام، نشانی یا واژه",
}
_ADVICE = {
    "tracking": "کد را با رسید تطبیق دهید؛ اگر رسید از دفتر دیگری است، سطر بالا را باز کنید.",
    "number": "در این دفتر پرونده‌ای با این شماره نیست؛ رقم‌ها را با رسید تطبیق دهید.",
    "person-id": "شاید درخواست به نام وکیل یا وارث است؛ با کد رهگیری یا کد نوسازی بجویید.",
    "mobile": "شاید همراه دیگری داده شده است؛ با کد رهگیری یا کد ملی بجویید.",
    "letter": "شماره را مانند ۱۴۰۵/۲۱/۱۲ بنویسید؛ نامهٔ دفترهای دیگر اینجا نیست.",
    "code": "برای این ملک در این دفتر درخواستی ثبت نشده است.",
    "plate": "برای این پلاک در این دفتر درخواستی ثبت نشده است.",
    "words": "نام یا نشانی را کوتاه‌تر بنویسید، یا با کد رهگیری، کد ملی یا کد نوسازی بجویید.",
}


@dataclass(frozen=True)
class Hits:
    """The cases found, what the text was taken for, and whether there are more than shown.

    `people` are the applicants of these cases whom the text names, their ids masked.
    """

    typed: str
    cases: tuple[Line, ...]
    shape: str
    more: bool
    people: tuple[Line, ...] = ()


def commands(entries: Sequence[RailEntry], typed: str) -> list[Line]:
    """The places of the rail, and what waits, whose words hold what was typed."""
    lines = [
        Line(entry.place, entry.words, icon=entry.icon, keys=entry.keys)
        for entry in entries
        if entry.name != "search"
    ]
    lines.append(Line(places.Outbox(), "در صف ارسال و موارد نیازمند رسیدگی", icon="cloud-upload"))
    return [line for line in lines if fold(typed) in fold(line.words)]


def service_lines(
    services: Mapping[str, Service], typed: str, sent_on: Mapping[str, str] | None = None
) -> list[Line]:
    """The services with a word that begins so, else those that hold it; each opens its form.

    `sent_on` tells for which a citizen is sent to another office, and why: the form leads there.
    """
    wanted = fold(typed)
    names = {code: f" {fold(service.title)}" for code, service in services.items()}
    begun = [code for code, name in names.items() if f" {wanted}" in name]
    held = begun or [code for code, name in names.items() if wanted in name]
    return [
        Line(
            places.Form(code),
            services[code].title,
            (sent_on or {}).get(code, ""),
            icon=services[code].icon or "file-text",
            keys=str(services[code].digit) if services[code].digit else "",
        )
        for code in held
    ]


def find(seat: Seat, typed: str) -> Hits:
    """The cases that a person may see: of the office here, of all offices at the centre.

    Raises LineDown at a municipal desk without a line.
    """
    names = {s.code: s.title for s in offered(seat.desk).values()}
    if seat.staff.role.is_municipal:
        return _everywhere(seat, typed, names)
    found = board.find(seat.desk, typed, LIMIT + 1)
    words = folded_words(typed)
    lines = [
        Line(
            places.Case(case.case_id),
            f"{_who(seat, case, words)}، {names.get(case.service, case.service)}",
            _detail(
                case.tracking,
                case.code,
                format_jalali(case.received_on),
                _where(case.address, case.applicant, words),
            ),
            chip=chip_of(case.status, unsettled=case.provisional),
            ended=case.state in ENDS,
        )
        for case in found.cases[:LIMIT]
    ]
    more = len(found.cases) > LIMIT
    people = _people(found.cases, typed, named=found.shape.value == "words", whole=not more)
    return Hits(typed, tuple(lines), found.shape.value, more, people)


def _who(seat: Seat, case: QueueCase, words: Sequence[str]) -> str:
    """Who asks; and for whom, where it is that name which was typed."""
    told = fold(f"{case.applicant} {case.address}")
    if not any(word.isalpha() and word not in told for word in words):
        return case.applicant
    whole = board.look(seat.desk, case.case_id).case
    meant = whole.request.party.represented_name if whole is not None else ""
    return f"{case.applicant} از سوی {meant}" if meant else case.applicant


def _people(
    cases: Sequence[QueueCase], typed: str, *, named: bool, whole: bool
) -> tuple[Line, ...]:
    """Each applicant once; `named` only those whose names hold the words, `whole` with a count."""
    words = folded_words(typed)
    asked: dict[str, list[QueueCase]] = {}
    for case in cases:
        name = fold(case.applicant)
        if case.applicant_id and (not named or all(word in name for word in words)):
            asked.setdefault(case.applicant_id, []).append(case)
    return tuple(
        Line(
            places.Search(person_id),
            theirs[0].applicant,
            f"کد ملی {isolate(mask_id(person_id))}"
            + (to_persian_digits(f"، {len(theirs)} پرونده") if whole else ""),
            icon="user",
        )
        for person_id, theirs in asked.items()
    )


def _everywhere(seat: Seat, typed: str, names: Mapping[str, str]) -> Hits:
    answer, words = board.municipal_queue(seat, text=typed), folded_words(typed)
    lines = [
        Line(
            places.MunicipalCase(row.case_id),
            f"{row.applicant}، {names.get(row.service, row.service)}",
            _detail(
                row.tracking,
                row.code,
                format_jalali(row.received_at.astimezone(TEHRAN).date()),
                _where(row.address, row.applicant, words),
            ),
            chip=chip_of(read_status(row.status, row.state)),
            ended=row.state in ENDS,
        )
        for row in answer.rows[:LIMIT]
    ]
    return Hits(typed, tuple(lines), "words", answer.total > LIMIT)


def _where(address: str, applicant: str, words: Sequence[str]) -> str:
    """The address, where it is that which was typed: the parts that were, and the plaque."""
    name = fold(applicant)
    meant = [word for word in words if word not in name and word in fold(address)]
    if not meant:
        return ""
    shown = (
        part
        for part in within_city(address).split("، ")
        if part.startswith(_PLAQUE) or any(word in fold(part) for word in meant)
    )
    return to_persian_digits("، ".join(shown))


def _detail(tracking: str, code: str, received: str, address: str) -> str:
    code_words = f"کد نوسازی {isolate(to_persian_digits(code))}" if code else ""
    tracked = f"کد رهگیری {whole_code(tracking)}"
    # What was typed stands first: in a narrow row the others give way.
    parts = (address, tracked, code_words, f"ثبت {isolate(received)}")
    return "، ".join(part for part in parts if part)


def elsewhere(hits: Hits) -> list[Line]:
    """The way to a case of another office, for a code that no case here has."""
    if hits.shape != "tracking" or not is_tracking_code(hits.typed):
        return []
    words = "دیدن پروندهٔ دفتر دیگر با این کد و کد ملی متقاضی"
    return [Line(places.Elsewhere(hits.typed), words, icon="file-search")]


def advice(hits: Hits, *, municipal: bool) -> str:
    """What to try when nothing was found."""
    if municipal:
        return "نام، کد رهگیری یا کد نوسازی را کوتاه‌تر بنویسید؛ تنها پرونده‌های نقش شما یافت می‌شود."
    return _ADVICE[hits.shape]
