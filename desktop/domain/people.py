"""People at and behind the counter: applicants and their standing, staff and their roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.identifiers import is_foreign
from desktop.domain.persian import sort_key


class Applicant(StrEnum):
    """سمت متقاضی (DOMAIN.md §1.0.1), and who holds a place without owning it.

    A service says who may ask for it; `standing` asks of everybody but bodies.
    """

    OWNER = "owner"
    ATTORNEY = "attorney"
    HEIR = "heir"
    GUARDIAN = "guardian"
    BUYER = "buyer"
    BANK = "bank"
    NOTARY = "notary"
    AGENCY = "agency"
    COMPANY = "company"
    WAQF = "waqf"
    TENANT = "tenant"
    SHOPKEEPER = "shopkeeper"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _TITLES[self]

    @property
    def represents(self) -> bool:
        """Whether somebody else owns: attorney, heir, guardian."""
        return self in (Applicant.ATTORNEY, Applicant.HEIR, Applicant.GUARDIAN)

    @property
    def is_body(self) -> bool:
        """Whether a body asks by letter: bank, agency, notary. Their standing is not asked."""
        return self in (Applicant.BANK, Applicant.AGENCY, Applicant.NOTARY)

    @property
    def holds(self) -> bool:
        """Whether the place is held without being owned: by lease, or by its سرقفلی."""
        return self in (Applicant.TENANT, Applicant.SHOPKEEPER)

    @property
    def paper(self) -> str:
        """Which paper shows what the applicant has to do with the place: the deed, or another."""
        return _PAPERS.get(self, "سند")


_TITLES = {
    Applicant.OWNER: "مالک",
    Applicant.ATTORNEY: "وکیل",
    Applicant.HEIR: "وارث",
    Applicant.GUARDIAN: "ولی یا قیم",
    Applicant.BUYER: "خریدار",
    Applicant.BANK: "بانک",
    Applicant.NOTARY: "دفترخانه",
    Applicant.AGENCY: "اداره",
    Applicant.COMPANY: "شرکت",
    Applicant.WAQF: "متولی وقف",
    Applicant.TENANT: "مستأجر",
    Applicant.SHOPKEEPER: "صاحب سرقفلی",
}

_PAPERS = {
    Applicant.BUYER: "مبایعه‌نامه",
    Applicant.WAQF: "اجاره‌نامهٔ اوقاف",
    Applicant.TENANT: "اجاره‌نامه",
    Applicant.SHOPKEEPER: "سند سرقفلی",
}


class Honorific(StrEnum):
    """How a person wants to be addressed: asked of the person, never read off a name."""

    SIR = "sir"
    MADAM = "madam"

    @property
    def word(self) -> str:
        """What stands before the name: «آقای»."""
        return _HONORIFICS[self]

    @property
    def address(self) -> str:
        """What a letter to the person begins with: «جناب آقای»."""
        return _ADDRESSES[self]


_HONORIFICS = {Honorific.SIR: "آقای", Honorific.MADAM: "خانم"}
_ADDRESSES = {Honorific.SIR: "جناب آقای", Honorific.MADAM: "سرکار خانم"}


class Role(StrEnum):
    """What a member of staff may do."""

    CLERK = "clerk"
    MANAGER = "manager"
    EXPERT = "expert"
    SIGNER = "signer"
    INSPECTOR = "inspector"
    PLANNER = "planner"
    FINANCE = "finance"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    CENTRE = "centre"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _ROLES[self]

    @property
    def is_municipal(self) -> bool:
        """Whether the person sits at the municipality's own desk."""
        return self not in (Role.CLERK, Role.MANAGER, Role.CENTRE)

    @property
    def sees_cases(self) -> bool:
        """Whether the person is shown any case: who looks after accounts and desks is not."""
        return self is not Role.ADMIN

    @property
    def keeps_accounts(self) -> bool:
        """Whether the person lets people and desks in, and puts desks out."""
        return self in (Role.SUPERVISOR, Role.ADMIN)

    @property
    def decides(self) -> bool:
        """Whether what comes of a case rests on the person's word: nobody gives it on his own."""
        return self in (
            Role.EXPERT, Role.SIGNER, Role.SUPERVISOR, Role.FINANCE, Role.INSPECTOR,
        )  # fmt: skip

    @property
    def has_deputy(self) -> bool:
        """Whether the named deputy has the role itself while the person is away."""
        return self in (Role.SUPERVISOR, Role.SIGNER)

    @property
    def plans(self) -> bool:
        """Whether the person says which inspector is absent and moves visits."""
        return self is Role.PLANNER

    @property
    def prepares(self) -> bool:
        """Whether the person may prepare what the municipality is to put into force."""
        return self is Role.SUPERVISOR

    @property
    def signs(self) -> bool:
        """Whether the person's signature, the second, puts into force what another prepared."""
        return self in (Role.SUPERVISOR, Role.EXPERT)


_ROLES = {
    Role.CLERK: "متصدی",
    Role.MANAGER: "مسئول دفتر",
    Role.EXPERT: "کارشناس شهرسازی",
    Role.SIGNER: "رئیس ادارهٔ شهرسازی",
    Role.INSPECTOR: "مأمور بازدید",
    Role.PLANNER: "برنامه‌ریز بازدید",
    Role.FINANCE: "کارشناس مالی",
    Role.SUPERVISOR: "ناظر شهرداری",
    Role.ADMIN: "راهبر سامانه",
    Role.CENTRE: "مرکز",
}


def list_place(code: str, role: str, name: str, staff: str) -> tuple[object, ...]:
    """Where somebody stands in a list of people: by the office's code, who leads it first."""
    return code, role != Role.MANAGER, sort_key(name), staff


WHO_ASKS = frozenset(
    f"party.{name}"
    for name in ("person_id", "first_name", "last_name", "represented_id", "represented_name")
)
"""Under which keys an amendment says that somebody else asks."""


@dataclass(frozen=True)
class Party:
    """A person or body on a case. A natural person has a national id; a company a legal id.

    For bank, agency and notary `name` is the body's, `carrier_id` its letter's carrier's.
    `honorific` is one of `Honorific`, empty where nobody said; a body and a company have none.
    """

    kind: Applicant
    person_id: str = ""
    first_name: str = ""
    last_name: str = ""
    father: str = ""
    birth: date | None = None
    mobile: str = ""
    phone: str = ""
    postal_code: str = ""
    address: str = ""
    foreign: bool = False
    represented_id: str = ""
    represented_name: str = ""
    carrier_id: str = ""
    honorific: str = ""

    @property
    def name(self) -> str:
        """The name as read aloud."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def persons(self) -> frozenset[str]:
        """The ids of whose request it is: the applicant's, the represented person's, and of a
        company his who speaks for it."""
        speaks = self.carrier_id if self.kind is Applicant.COMPANY else ""
        return frozenset({self.person_id, self.represented_id, speaks} - {""})

    @property
    def addressed(self) -> Honorific | None:
        """How the person is addressed; None where nobody said, or said what is not known here."""
        return Honorific(self.honorific) if self.honorific in list(Honorific) else None

    @property
    def owner_id(self) -> str:
        """The id of the person who would own: the represented one, else the applicant."""
        return self.represented_id if self.kind.represents else self.person_id

    @property
    def owner_foreign(self) -> bool:
        """Whether that person's id is a foreigner's code."""
        represented = self.kind.represents
        return (self.foreign and not represented) or is_foreign(self.owner_id)


@dataclass(frozen=True)
class Staff:
    """A member of staff; `desk` is the counter.

    `key` and `release_key` are the public halves of the personal keys, hex: for acts, and for the
    release of letters (empty for who was enrolled by an earlier program). `national_id` is empty
    where nobody told it. Who acts as somebody's deputy has that one's role, and the name in
    `stands_in_for`.
    """

    staff_id: str
    name: str
    role: Role
    office: str
    key: str = ""
    desk: int = 0
    title: str = ""
    release_key: str = ""
    national_id: str = ""
    stands_in_for: str = ""

    @property
    def signed(self) -> str:
        """The name under what is done: «رضا زارع، به جانشینی مریم فلاح» the deputy's."""
        return f"{self.name}، به جانشینی {self.stands_in_for}" if self.stands_in_for else self.name

    def in_place_of(self, other: Staff) -> Staff:
        """The same person with the other's role."""
        title = f"جانشین {other.title or other.role.word}"
        return replace(self, role=other.role, title=title, stands_in_for=other.name)
