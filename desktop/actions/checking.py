"""Checking letters at a desk, and what is said of them in words, on screen and elsewhere alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.actions.desk import Desk
from desktop.domain.calendar import compact
from desktop.domain.consultation_letter import OUTCOME as CONSULTATION
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate
from desktop.domain.letter import LetterKind
from desktop.domain.minutes import OUTCOME
from desktop.domain.money import format_area, format_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.short_code import read_short_code, short_code, spaced
from desktop.domain.signer import Signed
from desktop.domain.stream import Topic
from desktop.reports.letter.attachment import carries
from desktop.reports.verify import Checked, FileState, verify_pdf, verify_qr
from desktop.scans.alike import look_alike
from desktop.scans.codes import codes_in_picture, codes_on_pages
from desktop.store import check_files, published, queue
from desktop.store.check_files import CheckFiles
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire.check_files import CheckFilesAsk
from desktop.wire.letter_code import signed_by
from desktop.wire.letter_files import Ended, EndedLetter, open_file, read_keys
from desktop.wire.letters import key_id_of, published_key
from desktop.wire.link import verifies
from desktop.wire.verdicts import ENDED, Judged, Trust, Verdict, is_fresh

_OUTCOMES: dict[str, str] = {
    # Not every answer is good news: what it says stands in the letter.
    LetterKind.ANSWER: "پاسخ درخواست",
    LetterKind.REFUSAL: "پاسخ منفی",
    LetterKind.DEBT: "اعلام بدهی",
    OUTCOME: Signed.CONVERSION.word,
    CONSULTATION: Signed.CONSULTATION.word,
}
_ENDED = {
    Ended.VOID: "این نامه از {day} باطل است؛ آن را نپذیرید.",
    Ended.REPLACED: "این نامه از {day} باطل و نامهٔ {by} جایگزین آن است؛ آن را نپذیرید.",
    Ended.RECALLED: "شهرداری این نامه را از {day} فراخوانده است؛ آن را نپذیرید.",
}
_POINT = 66  # hex digits of a compressed point of P-256
_NO_CODE = "در این عکس رمزینه‌ای خوانده نشد؛ نزدیک‌تر و صاف‌تر عکس بگیرید."
_SEVERAL = "در این عکس چند رمزینه است؛ از یک نامه عکس بگیرید."
_NO_SHORT_CODE = "این ده رقم کد کوتاه نامه نیست؛ آن را دوباره بخوانید."
_NO_LIST_HERE = "فهرست ابطال هنوز به این رایانه نرسیده است؛ با خط وصل، دوباره بزنید."
_OLD_LIST_HERE = (
    "فهرست ابطال این رایانه تنها تا {day} است؛ نخست فهرست تازه بگیرید: با خط وصل، دوباره بزنید."
)
_SHOWS_OTHER = "آنچه در این پرونده دیده می‌شود همان نیست که امضا شده است."
_BY_CODE = (
    "این پرونده چیزی از نامه همراه ندارد؛ رمزینهٔ صفحهٔ آن خوانده شد. آنچه در آن می‌بینید را با"
    " نوشته‌های زیر برابر کنید."
)
_RESAVED = (
    "امضا درست است؛ پرونده را برنامهٔ دیگری دوباره ذخیره کرده است. آنچه در آن می‌بینید را با"
    " نوشته‌های زیر برابر کنید."
)


@dataclass(frozen=True)
class FoundLetter:
    """What is said on that day (`yyyymmdd`) of what was given, and of a letter of this office its
    case."""

    checked: Checked
    on: str
    case_id: str = ""


def check_pdf(data: bytes, trust: Trust, today: str) -> Checked:
    """The verdict on a letter's PDF on the day; one that another program wrote anew must still show
    what was signed.

    One that carries nothing of itself, as what was printed to a file, is judged by the code on its
    page.
    """
    checked = verify_pdf(data, trust, today)
    if checked.state is FileState.RESAVED and not look_alike(data, checked.drawn):
        return Checked(Judged(Verdict.FALSE, _SHOWS_OTHER))
    if checked.judged.verdict is Verdict.FALSE and not carries(data):
        try:
            codes = codes_on_pages(data)
        except Refusal:
            return checked
        if len(codes) == 1:
            return Checked(verify_qr(codes[0], trust, today), state=FileState.RESAVED)
    return checked


def check_paper(content: bytes, trust: Trust, today: str) -> Checked:
    """The verdict on a letter's PDF, or on a picture of one, on the day.

    Raises Refusal for what is neither, and for a picture without a code, or with several.
    """
    if content.startswith(b"%PDF-"):
        return check_pdf(content, trust, today)
    codes = codes_in_picture(content)
    if len(codes) != 1:
        raise Refusal(_SEVERAL if codes else _NO_CODE)
    return Checked(verify_qr(codes[0], trust, today))


def trust_of(desk: Desk) -> Trust:
    """What this desk checks letters by: the files that it got last, which its own centre signed."""
    with desk.store.reading() as session:
        files = check_files.held(session)
        own = published.in_force(session, Topic.CENTRE_KEY, desk.today(session))
    return _trust(files, [published_key(item.text)[0] for item in own.values()])


def _trust(files: CheckFiles | None, own: Sequence[str]) -> Trust:
    if files is None:
        return Trust()
    try:
        key_id, payload, signature = open_file(files.keys)
        signed = any(
            verifies(public, signature, signed_by(key_id, payload))
            for public in own
            if len(public) == _POINT and key_id_of(public) == key_id
        )
        return Trust((read_keys(payload),)).renewed(files.ended) if signed else Trust()
    except Refusal:
        return Trust()


def renew(desk: Desk) -> None:
    """Ask the centre for newer keys and a newer list. Raises LineDown, Refusal."""
    with desk.store.reading() as session:
        tag = check_files.tag(session)
    told = desk.ask(calls.CHECK_FILES, CheckFilesAsk(tag=tag))

    def keep(session: Session) -> None:
        check_files.take(session, told.tag, told.keys, told.ended, desk.moment(session))

    desk.store.write(keep)


def asked_at(desk: Desk) -> datetime | None:
    """When the centre was asked for a newer list last; None: never."""
    with desk.store.reading() as session:
        files = check_files.held(session)
    return files.asked_at if files is not None else None


def check_code(desk: Desk, text: str) -> FoundLetter:
    """What is said of the text of a QR today."""
    today = _today(desk)
    return _found(desk, Checked(verify_qr(text, trust_of(desk), today)), today)


def check_file(desk: Desk, content: bytes) -> FoundLetter:
    """What is said of a letter's PDF, or of a picture of one, today. Raises Refusal as
    `check_paper`."""
    today = _today(desk)
    return _found(desk, check_paper(content, trust_of(desk), today), today)


@dataclass(frozen=True)
class Short:
    """A letter that no longer holds, found by its short code: the verdict, in words, and why."""

    number: str
    kind: str
    word: str
    sentence: str


def check_short(desk: Desk, typed: str) -> Short | None:
    """What the list says of the letter with that short code; None where it is not on it.

    Raises Refusal for digits that are no code, where there is no list, and where one that is too
    old does not have the letter.
    """
    code = read_short_code(typed)
    if not code:
        raise Refusal(_NO_SHORT_CODE, field="short_code")
    lists = trust_of(desk).lists.values()
    if not lists:
        raise Refusal(_NO_LIST_HERE)
    ended = (entry for told in lists for entry in told.ended.values())
    found = next((entry for entry in ended if short_code(entry.number) == code), None)
    if found is None:
        today = _today(desk)
        for told in lists:
            if not is_fresh(told, today):
                raise Refusal(_OLD_LIST_HERE.format(day=_day(told.day)))
        return None
    return Short(found.number, ENDED[found.why].value, ENDED[found.why].word, _ended(found))


def _today(desk: Desk) -> str:
    with desk.store.reading() as session:
        return compact(desk.today(session))


def _found(desk: Desk, checked: Checked, today: str) -> FoundLetter:
    essence = checked.judged.essence
    if essence is None or not essence.number:
        return FoundLetter(checked, today)
    with desk.store.reading() as session:
        return FoundLetter(checked, today, queue.case_of_letter(session, essence.number))


def sentence(judged: Judged, today: str) -> str:
    """The verdict, of which day its list is, and why, in one line."""
    said = (_word(judged, today), _looked_at(judged.list_day), reason(judged))
    return "؛ ".join(filter(None, said))


def reason(judged: Judged) -> str:
    """Why it is so; empty of what needs no reason."""
    return _ended(judged.ended) if judged.ended is not None else judged.why


def number_of(judged: Judged) -> str:
    """The number of the letter; empty of a false code: what that says of itself is nothing to find
    a letter by."""
    known = judged.essence if judged.verdict is not Verdict.FALSE else None
    return known.number if known is not None else ""


def is_valid(judged: Judged) -> bool:
    """Whether the paper has still to be compared by eye, and nothing else."""
    return judged.verdict is Verdict.VALID


def _ended(ended: EndedLetter) -> str:
    by = isolate(to_persian_digits(ended.by))
    return _ENDED[ended.why].format(day=_day(ended.day), by=by)


def titles(desk: Desk) -> Mapping[str, str]:
    """The titles of services by code, as the city's keys tell them."""
    cities = trust_of(desk).cities
    return cities[0].services if cities else {}


def headline(judged: Judged, today: str) -> str:
    """The verdict in large letters; of a valid letter with how far the list reaches where that is
    not today's."""
    word = _word(judged, today)
    return word if word == judged.verdict.word else f"{word}؛ {_looked_at(judged.list_day)}"


def _word(judged: Judged, today: str) -> str:
    by_another_days = is_valid(judged) and judged.list_day != today
    return f"امضا {judged.verdict.word}" if by_another_days else judged.verdict.word


def _looked_at(day: str) -> str:
    return f"ابطال {_to(day)}"


def _to(day: str) -> str:
    return f"تا {_day(day)} دیده شد" if day else "دیده نشد"


def voids(judged: Judged) -> str:
    """To which day voids were looked at for it, or that they were not."""
    return _to(judged.list_day)


def voids_listed(desk: Desk) -> str:
    """To which day the voids reach that this desk knows of."""
    return _to(min((each.day for each in trust_of(desk).lists.values()), default=""))


def file_sentence(checked: Checked) -> str:
    """What became of the file, where that is to be told; empty for a whole one, and for one of
    which nothing is confirmed."""
    judged = checked.judged
    if checked.state is FileState.WHOLE or judged.essence is None:
        return ""
    return _RESAVED if checked.text is not None else _BY_CODE


def lines(judged: Judged, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, value) of what is signed, to be compared with the paper by eye; `titles` are those of
    services by code. Of a code that nobody's known key signed nothing is told."""
    essence = judged.essence
    if essence is None or judged.verdict is Verdict.FALSE:
        return []
    code, releaser, city = judged.code, judged.releaser, judged.city
    until = _day(essence.valid_until) if essence.valid_until else "بدون پایان"
    share = f"، {to_persian_digits(f'{essence.share.normalize():f}')} دانگ" if essence.share else ""
    rows = [
        ("شماره", isolate(to_persian_digits(essence.number))),
        ("تاریخ", _day(essence.issued)),
        ("مالک", f"{essence.owner}{share}" if essence.owner else ""),
        ("مبلغ (ریال)", "" if essence.amount is None else _number(essence.amount)),
        ("اعتبار تا", until),
        ("برای", essence.purpose),
        ("خدمت", titles.get(essence.service, essence.service)),
        ("نتیجه", _OUTCOMES.get(essence.outcome, essence.outcome)),
        ("کد نوسازی", isolate(to_persian_digits(essence.renewal_code))),
        ("پلاک ثبتی", _plate(essence.plate)),
        ("مساحت عرصه", f"{format_area(essence.area)} مترمربع" if essence.area else ""),
        ("چهار رقم پایانی شناسهٔ مالک", to_persian_digits(essence.owner_tail)),
        ("دفتر", to_persian_digits(essence.office)),
        ("صادرکننده", city.city if city is not None else ""),
        ("تأییدکننده", releaser.name if releaser is not None and code is not None else ""),
        ("روز تأیید", _day(code.on) if code is not None and releaser is not None else ""),
        ("نسخه", to_persian_digits(code.copy) if code is not None else ""),
        ("کد کوتاه", isolate(to_persian_digits(spaced(short_code(essence.number))))),
    ]
    return [(label, value) for label, value in rows if value]


def _number(amount: int) -> str:
    return to_persian_digits(format_number(amount))


def _plate(plate: Plate | None) -> str:
    return plate.words if plate is not None else ""


def _day(compact: str) -> str:
    return isolate(to_persian_digits(f"{compact[:4]}/{compact[4:6]}/{compact[6:]}"))
