"""How far the conversion of an office is: its path, what waits for a signature, its minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.actions import agency, minutes, office_card, offices, publishing, registry
from desktop.actions.desk import Seat
from desktop.actions.office_card import OfficeLook
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.minutes import Minutes
from desktop.domain.office import OfficeCard, OfficeKind, converts
from desktop.domain.stream import Topic
from desktop.wire.cards import read_card
from desktop.wire.publishing import DraftBody, PublicationBody
from desktop.wire.registry import ConversionAnswer, DeskBody, OfficeBody


@dataclass(frozen=True)
class Counter:
    """A counter of the office by its number, and what was last told of its test (None: nothing)."""

    number: int
    desk: DeskBody
    test: StepDone | None = None


@dataclass(frozen=True)
class ConversionLook:
    """The path of an office, as the centre tells it for a day.

    `waiting` is a card that waits for its second signature and converts it. `minutes` are those of
    a conversion that was signed, past or to come. `taken` names by code whose it is.
    """

    office: OfficeLook
    state: ConversionAnswer
    at_work: OfficeBody | None
    waiting: PublicationBody | None
    minutes: Minutes | None
    taken: dict[str, str]

    @property
    def has_path(self) -> bool:
        """Whether the office is a کارگزاری that can still be converted."""
        agency = self.office.card.kind is OfficeKind.AGENCY
        return agency and self.state.converted_on is None

    @property
    def done(self) -> list[StepDone]:
        """The steps as they were done, the later in the place of the earlier."""
        last = {(each.done.step, each.done.counter): each.done.value for each in self.state.steps}
        return list(last.values())

    def step(self, step: ConversionStep) -> StepDone | None:
        """What was last done of a step that is no counter's."""
        return next((each for each in self.done if each.step is step), None)

    @property
    def counters(self) -> list[Counter]:
        """The counters that are at work, each with its test."""
        desks = self.at_work.desks if self.at_work is not None else []
        tests = {each.counter: each for each in self.done if each.step is ConversionStep.TEST}
        at_work = [desk for desk in desks if desk.revoked_at is None]
        return [Counter(desk.number, desk, tests.get(desk.number)) for desk in at_work]

    @property
    def lacking(self) -> list[tuple[ConversionStep, str]]:
        """What remains before the minutes can be signed."""
        return [(each.step, each.words) for each in self.state.remaining]


def look(seat: Seat, office: str, day: date | None = None) -> ConversionLook:
    """The path of the office, what it lacks for the day (None: today). Raises LineDown, Refusal."""
    card = office_card.look(seat.desk, office)
    state = agency.conversion(seat, office, day)
    at_work = registry.at_work(seat, office).offices
    # Who neither prepares nor signs is told of nothing that waits.
    role = seat.staff.role
    waits = publishing.waiting(seat) if role.prepares or role.signs else []
    names = {each.code: each.name for each in offices.offices(seat.desk).values()}
    with seat.desk.store.reading() as session:
        owners = seat.desk.reference.owners(session)
    taken = {code: names.get(code, code) for code, of in owners.items() if of != office}
    return ConversionLook(
        office=card,
        state=state,
        at_work=at_work[0] if at_work else None,
        waiting=next((each for each in waits if _is_conversion(each, card.card)), None),
        minutes=minutes.signed(seat.desk, office),
        taken=taken,
    )


def _is_conversion(waits: PublicationBody, card: OfficeCard) -> bool:
    draft = waits.draft
    if draft.topic is not Topic.OFFICE:
        return False
    own = (item for item in draft.items if item.key == card.own_id)
    return any(converts(card, read_card(item.text, item.key)) for item in own)


def waiting_card(waits: PublicationBody) -> tuple[OfficeCard, date]:
    """The card that waits for its second signature, and its day."""
    item = waits.draft.items[0]
    return read_card(item.text, item.key), item.day


def converted(look: ConversionLook, code: str, name: str, authority: str) -> OfficeCard:
    """The card of the پیشخوان: what is typed, and the licence that its paper tells."""
    licence = look.step(ConversionStep.LICENCE)
    return replace(
        look.office.card,
        kind=OfficeKind.COUNTER,
        code=code,
        name=name,
        authority=authority,
        licence=licence.number if licence is not None else look.office.card.licence,
        licence_until=licence.until if licence is not None else look.office.card.licence_until,
    )


def conversion_draft(card: OfficeCard, day: date) -> DraftBody:
    """The card made ready to be signed by two: its minutes come with the second signature."""
    return offices.office_draft([(card, day)])


def proof(seat: Seat, look: ConversionLook, after: OfficeCard, day: date) -> bytes:
    """The minutes as they would read. Raises Refusal on a character that can't be drawn."""
    held = [row for row in look.office.services if row.delegation.holds(day)]
    return minutes.proof(
        seat.desk,
        look.office.card,
        after,
        day,
        look.done,
        services=len({row.delegation.service for row in held}),
        year=look.state.year,
        serial=look.state.serial,
    )
