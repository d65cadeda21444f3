"""An office for tests: people, a service, a request, with defaults for what is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from desktop.domain.city import City
from desktop.domain.formula import Formula
from desktop.domain.identifiers import Plate, tracking_code
from desktop.domain.letter import Letter, LetterHead, LetterKind, LetterText
from desktop.domain.people import Applicant, Party, Role, Staff
from desktop.domain.request import Payment, Request, SeenDocument
from desktop.domain.service import Service, Term
from desktop.domain.setting import Setting
from desktop.domain.tariff import Purse, Tariff
from desktop.store.open import Session

NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
FEE = 150_000
CLERK = Staff("clerk-1", "مریم کریمی", Role.CLERK, "21", "a" * 64, 1, "متصدی")
MANAGER = Staff("manager-1", "حسن یزدی", Role.MANAGER, "21", "b" * 64, 1, "مسئول دفتر")
SERVICE = Service(
    code="no-violation",
    title="گواهی عدم خلاف",
    short="عدم خلاف",
    act="صدور گواهی عدم خلاف",
    effective=date(2026, 1, 10),
    version="0123456789ab",
    icon="",
    digit=1,
    family="property",
    legal_basis=(),
    applicants=tuple(Applicant),
    purpose="",
    fields=(),
    checks=(),
    documents=(),
    gates=(),
    letters={},
    fees={"office": "office-fee"},
    terms=(Term(days=7),),
    links=(),
    declares=False,
    needs_property=True,
)


def plain_tariff(key: str, rial: int) -> Tariff:
    """A tariff that asks the same of everybody."""
    return Tariff(key, "کارمزد", Purse.OFFICE, Formula(str(rial)))


CITY = City(tariffs={"office-fee": plain_tariff("office-fee", FEE)})


def setting_for(session: Session, request: Request, actor: Staff, at: datetime) -> Setting:
    """The same service and city on every day."""
    return Setting(SERVICE, CITY, at, releasers=1)


def request(
    serial: int = 1,
    *,
    first_name: str = "علی",
    last_name: str = "دهقان",
    person_id: str = "4420123456",
    code: str = "2-14-308-27-1-0-0",
    plate: Plate | None = None,
    received_on: date = TODAY,
    answers: Mapping[str, str] | None = None,
) -> Request:
    """A request for no-violation at desk 1 of office 21."""
    return Request(
        service=SERVICE.code,
        version=SERVICE.version,
        tracking=tracking_code("21", "050903", 1, serial),
        received_on=received_on,
        party=Party(
            Applicant.OWNER, person_id, first_name, last_name, mobile="09131234567", address="یزد"
        ),
        code=code,
        plate=plate,
        unchanged="yes",
        answers=answers or {"stage": "پی"},
        documents=(SeenDocument("deed", "سند مالکیت", seen=True),),
    )


def payment(amount: int = FEE) -> Payment:
    """A payment by terminal today."""
    return Payment(amount, "terminal", "123456", TODAY)


def letter(letter_id: str, case_id: str, number: str = "1405/21/1") -> Letter:
    """An answer letter with few words."""
    head = LetterHead("شهرداری یزد", "دفتر ۲۱", "یزد", "03536234567", "8917712345")
    text = LetterText(
        head=head, addressee="متقاضی", subject="گواهی عدم خلاف", paragraphs=("خلافی نیست.",),
        table=None, closing=(), copies=(), authority="نمونه", attachment="ندارد", sample=True,
    )  # fmt: skip
    return Letter(
        letter_id, case_id, LetterKind.ANSWER, number, TODAY, None, text, "00", "00", "demo"
    )
