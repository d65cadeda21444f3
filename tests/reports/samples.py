"""Letters and papers to draw in tests, each value with a default."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.centre.signing import SigningKey
from desktop.domain.identifiers import Plate
from desktop.domain.letter import (
    Essence,
    Letter,
    LetterHead,
    LetterKind,
    LetterText,
    Made,
    Proof,
    Release,
    Table,
)
from desktop.domain.money import format_number
from desktop.domain.objection import Ground
from desktop.domain.papers import (
    CommissionNotice,
    Defect,
    DeficiencyNotice,
    PaidLine,
    PlannedVisit,
    Receipt,
    Slip,
    VisitRound,
)
from desktop.domain.persian import to_persian_digits
from desktop.forms.shipped import shipped_city
from desktop.keys import letter_key_of
from desktop.reports.letter import draw_released
from desktop.wire.essence import fitted, read
from desktop.wire.letter_code import room
from desktop.wire.letter_files import CheckKey, KeyFile, LetterList
from desktop.wire.letters import NO_SEAL, Releaser, key_id_of
from desktop.wire.link import public_hex
from desktop.wire.verdicts import Trust
from tests.reports.reading import words as split

VOCABULARY = [
    line
    for line in (Path(__file__).parent / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    if line
]
KEY, OTHER_KEY = letter_key_of(bytes(range(1, 33))), letter_key_of(bytes(range(2, 34)))
RELEASER, OTHER_RELEASER = (Releaser(letter_key_of(bytes(range(n, n + 32)))) for n in (3, 4))
LINE_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DAY, TODAY = "14050903", "14050910"
CITY = KeyFile(
    city="شهرداری یزد",
    centre="centre-1",
    day=TODAY,
    made=Made.EARNEST,
    keys=(CheckKey(public_hex(KEY), "", "14041020"),),
    releasers=(CheckKey(RELEASER.public, "محمد زارع", "14041020"),),
)
TRUST = Trust((CITY,), {CITY.centre: LetterList(TODAY, 1, {})})
HEAD = LetterHead(
    "شهرداری یزد",
    "دفتر پیشخوان دولت ۷۲-۲۵-۱۰۲۱",
    "یزد، بلوار آیت‌الله طالقانی، نبش کوچهٔ شهید زارع",
    "۰۳۵ ۳۷۲۵ ۰۰۲۱",
    "۸۹۱۵۸-۱۸۴۱۱",
)
_ON = date(2026, 11, 24)
UNPROVEN = Release("محمد زارع", "مسئول دفتر پیشخوان ۲۱", _ON, "office")
# What draws as any release does; whose signature it is nobody asks.
RELEASE = replace(UNPROVEN, proof=Proof("0badc0de", _ON, "1f" * 64, NO_SEAL))
LONG_NAME = ("سید عبدالرحمان رحمت‌اللهی یزدی‌نژاد اصل " * 4)[:119] + "ی"
TRACKING = "21-050903-02-0032-7"


def words(**changes: Any) -> LetterText:
    """The words of a certificate of no violation."""
    text = LetterText(
        head=HEAD,
        addressee="سرکار خانم فاطمه دهقان",
        subject="گواهی عدم خلاف",
        paragraphs=(
            VOCABULARY[6],
            " ".join(VOCABULARY[8:13]) + "، **تا تاریخ ۱۴۰۵/۰۹/۰۳** فاقد تخلف می‌باشد.",
            VOCABULARY[14],
            "این گواهی تا تاریخ **۱۴۰۶/۰۳/۰۳** معتبر است. هرگونه تغییر بعدی موجب بی‌اعتباری است.",
        ),
        table=None,
        closing=("این پاسخ بر پایهٔ سوابق شهرداری تا تاریخ ۱۴۰۵/۰۹/۰۲ است.",),
        copies=("پروندهٔ ملک، جهت درج در سابقه",),
        authority="این دفتر به استناد صورت‌جلسهٔ واگذاری مورخ ۱۴۰۴/۱۰/۲۰ پاسخ می‌دهد.",
        attachment="ندارد",
        sample=False,
    )
    return replace(text, **changes)


def letter(
    text: LetterText | None = None,
    *,
    key: EllipticCurvePrivateKey = KEY,
    number: str = "1405/21/1847",
    kind: LetterKind = LetterKind.ANSWER,
    valid_until: str = "14060303",
    **changes: Any,
) -> Letter:
    """The words as the centre issues them, signed."""
    text = text or words()
    essence = Essence(
        key_id="",
        number=number,
        issued=DAY,
        office="21",
        service="no-violation",
        outcome=kind.value,
        renewal_code="2-14-308-27-1-0-0",
        valid_until=valid_until,
        owner_tail="4567",
        digest=text.digest(),
        plate=Plate(2, 65, 4555),
        area=Decimal("240.50"),
        owner="فاطمه دهقان",
        purpose="انتقال",
        made=text.made,
    )
    encoded, signature = SigningKey(key).issue(replace(essence, **changes))
    return Letter(
        letter_id="letter-1",
        case_id="case-1",
        kind=kind,
        number=number,
        issued_on=date(2026, 11, 24),
        valid_until=date(2027, 5, 24) if valid_until else None,
        text=text,
        essence=encoded,
        signature=signature,
        key_id=key_id_of(public_hex(key)),
    )


def fitting(**told: Any) -> dict[str, Any]:
    """What a letter says of itself, with as much of this as its code has room for."""
    essence = fitted(replace(read(bytes.fromhex(letter().essence)), **told), room(DAY))
    cut = ("owner", "amount", "purpose", "area", "plate", "share")
    return {name: getattr(essence, name) for name in cut}


def made(
    value: Letter | None = None, *, by: Releaser = RELEASER, on: date = _ON, copy: int = 1
) -> tuple[Release, bytes]:
    """The letter as that person releases it: the release with its proof, and the PDF."""
    return draw_released(value or letter(), UNPROVEN, by, on=on, copy=copy)


def line_letter(text: LetterText | None = None, key_id: str = "k1") -> Letter:
    """A letter as an early program issued it: a line of ASCII under a bare signature."""
    text, key = text or words(), LINE_KEY
    digest = base64.urlsafe_b64encode(text.digest()).rstrip(b"=").decode()
    fields = ("1", key_id, "1405/21/1847", DAY, "21", "no-violation", "answer")
    line = "|".join((*fields, "2-14-308-27-1-0-0", "14060303", "4567", digest)).encode()
    signature = key.sign(line).hex()
    return replace(letter(text), essence=line.hex(), signature=signature, key_id=key_id)


def told(text: LetterText) -> list[str]:
    """The words of the paper's middle, in the order in which they are read."""
    parts = [text.addressee, text.subject]
    after = text.facts.after if text.facts else 0
    parts += text.paragraphs[:after]
    parts += [part for row in text.facts.rows for part in row] if text.facts else []
    parts += text.paragraphs[after:]
    if text.table:
        parts += [*text.table.columns, *(cell for row in text.table.rows for cell in row)]
    return [word for part in (*parts, *text.closing) for word in split(part)]


def debts(rows: int) -> Table:
    """What is owed, a row a year."""
    return Table(
        ("سال", "عنوان", "اصل (ریال)", "جریمه (ریال)", "جمع (ریال)", "شناسهٔ قبض", "شناسهٔ پرداخت"),
        tuple(
            (
                to_persian_digits(1366 + i),
                "عوارض نوسازی" if i % 2 else "بهای خدمات پسماند",
                format_number(1_250_000 + i * 1000),
                format_number(i * 1000),
                format_number(1_250_000 + i * 2000),
                to_persian_digits(1234567822561),
                to_persian_digits(485041080 + i),
            )
            for i in range(rows)
        ),
        numeric=(0, 2, 3, 4, 5, 6),
    )


def receipt(**changes: Any) -> Receipt:
    """A receipt with documents and two sums."""
    value = Receipt(
        head=HEAD,
        tracking_code=TRACKING,
        service="گواهی عدم خلاف",
        applicant="فاطمه دهقان",
        id_label="کد ملی",
        masked_id="۴۴۲****۵۶۷",
        property="کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰",
        received_at=datetime(2026, 11, 24, 7, 12, tzinfo=UTC),
        documents=("سند مالکیت", "وکالت‌نامهٔ رسمی با حق انجام امور شهرداری"),
        payments=(
            PaidLine("کارمزد دفتر", 850_000, "کارت‌خوان", "548812003311"),
            PaidLine("هزینهٔ بازدید", 1_200_000, "قبض", "1234567822561"),
        ),
        promise_label="زمان تقریبی پاسخ",
        promise="پاسخ تا ۱۴۰۵/۰۹/۱۰",
        clerk="زهرا فلاح",
        sample=True,
    )
    return replace(value, **changes)


def slip(**changes: Any) -> Slip:
    """A slip for a visit in the morning."""
    value = Slip(
        head=HEAD,
        tracking_code=TRACKING,
        service="گواهی عدم خلاف",
        applicant="فاطمه دهقان",
        property="کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰",
        address="یزد، بلوار آیت‌الله طالقانی، کوچهٔ شهید زارع، پلاک ۲۷",
        day=date(2026, 11, 26),
        window="۸:۰۰ تا ۱۱:۰۰",
        district="منطقهٔ ۲",
        inspector="مهندس رجبی",
        attending="مالک",
        whose="مالک",
        paper="سند",
        fee="۲٬۵۰۰٬۰۰۰ ریال، قبض، شمارهٔ پیگیری ۱۲۳۴۵۶۷۸۲۲۵۶۱",
        made_at=datetime(2026, 11, 24, 7, 13, tzinfo=UTC),
        sample=True,
    )
    return replace(value, **changes)


def visit_round(visits: int) -> VisitRound:
    """So many visits of a morning."""
    planned = tuple(
        PlannedVisit(
            window="۸:۰۰ تا ۱۱:۰۰",
            address=f"یزد، بلوار آیت‌الله طالقانی، کوچهٔ {number}، پلاک ۲۷",
            property="کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰",
            applicant="فاطمه دهقان",
            phone="09132514408",
            attending="مالک",
            service="گواهی عدم خلاف",
            tracking_code="۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷",
        )
        for number in range(1, visits + 1)
    )
    return VisitRound(HEAD, date(2026, 11, 26), "علی کارگر", planned, sample=True)


def notice(defects: int = 2, comment: str = "") -> DeficiencyNotice:
    """A notice of so many defects, and of what else lacks."""
    return DeficiencyNotice(
        head=HEAD,
        tracking_code=TRACKING,
        service="پروانهٔ ساختمانی",
        applicant="فاطمه دهقان",
        property="کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰",
        told_on=date(2026, 11, 24),
        until=date(2026, 12, 4),
        answer_by=date(2026, 12, 24),
        defects=(Defect("وکالت‌نامهٔ رسمی", "مهر دفترخانه خوانا نیست", "اصل وکالت‌نامه ارائه شود"),)
        * defects,
        comment=comment,
        capacity="متصدی",
        clerk="زهرا فلاح",
        sample=True,
    )


def commission(article: str = "5", *, ruled: bool = True) -> CommissionNotice:
    """A referral, or the ruling on it."""
    return CommissionNotice(
        head=HEAD,
        tracking_code=TRACKING,
        service="تغییر کاربری",
        applicant="فاطمه دهقان",
        property="کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰",
        told_on=date(2026, 11, 24),
        article=article,
        referred_by="مریم شاکر",
        referred_on=date(2026, 11, 23),
        note="از مسکونی به تجاری، در گذر هجده‌متری",
        result="با تغییر کاربری موافقت شد" if ruled else "",
        number="5/1405/812" if ruled else "",
        decided_on=date(2026, 11, 22) if ruled else None,
        objection=shipped_city().objections.way(
            Ground.FIRST_RULING if article == "100" else Ground.OTHER, ""
        ),
        clerk="زهرا فلاح",
        sample=True,
    )
