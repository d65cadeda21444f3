"""Who finishes an office's open cases after a stop or a delegation's end, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.actions.desk import Seat
from desktop.domain.act import Act
from desktop.domain.heir import Heir
from desktop.domain.office import MUNICIPALITY
from desktop.domain.persian import sort_key, to_persian_digits
from desktop.domain.stream import Topic
from desktop.forms.permits import heir_of, hinders_heir
from desktop.forms.published_values import published_value
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire import offices as w
from desktop.wire.assent import Purpose


@dataclass(frozen=True)
class Passing:
    """How far the open cases of a service are that another office finishes: `left` are still here.

    `passed` counts by names how many went where. `hindered` is why `heir` takes nothing now; `held`
    ones wait for an act of theirs at the centre, `codes` are the first of them. What neither keeps
    goes within the hour.
    """

    heir: str
    passed: Mapping[str, int]
    left: int
    hindered: str = ""
    held: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenCases:
    """What an office has open, by the titles of services, and where it goes.

    `offices` are the names of those that can take all of it, by their ids. `heir` is who was named
    since the stop, `passed` by names how many went where since then. `hindered` is why the one that
    was named takes nothing now. `ended` are, by codes, services whose delegation ended and whose
    cases go elsewhere.
    """

    open: Mapping[str, int]
    offices: Mapping[str, str]
    heir: Heir | None
    heir_name: str
    passed: Mapping[str, int]
    hindered: str
    ended: Mapping[str, Passing] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many are open."""
        return sum(self.open.values())


def look(seat: Seat, office: str) -> OpenCases:
    """Of the office by its id, asked of the centre. Raises LineDown, Refusal."""
    asked = w.OpenCasesAsk(actor=seat.staff.staff_id, office=office)
    told = seat.desk.ask(calls.OPEN_CASES, asked)
    with seat.desk.store.reading() as session:
        return _look(session, seat, office, told)


def _look(session: Session, seat: Seat, office: str, told: w.OpenCasesAnswer) -> OpenCases:
    desk = seat.desk
    today, moment = desk.today(session), desk.moment(session)
    reference = desk.reference
    services, find = reference.services(session, today), reference.finding(session)
    city = reference.city(session, today)
    wanted = [services[code] for code in told.open if code in services]

    def hinders(other: str) -> str:
        each = (hinders_heir(find, other, service, city, moment) for service in wanted)
        return next((words for words in each if words), "")

    cards = reference.cards(session, today)
    names = {of: to_persian_digits(card.name) for of, card in cards.items()}
    others = (of for of in names if of not in (office, MUNICIPALITY) and not hinders(of))
    text = find(Topic.HEIR, office, today)
    heir = published_value(Heir, text) if text else None

    def passing(code: str, body: w.PassingBody) -> Passing:
        named, service = heir_of(find, office, code, moment), services.get(code)
        to = named[0] if named is not None else ""
        hinders = hinders_heir(find, to, service, city, moment) if to and service else ""
        return Passing(
            heir=names.get(to, to),
            passed={names.get(of, of): cases for of, cases in body.passed.items()},
            left=told.open.get(code, 0),
            hindered=hinders,
            held=body.held,
            codes=tuple(body.codes),
        )

    return OpenCases(
        open={_title(services, code): cases for code, cases in told.open.items()},
        offices={of: names[of] for of in sorted(others, key=lambda of: sort_key(names[of]))},
        heir=heir,
        heir_name=names.get(heir.heir, heir.heir) if heir is not None else "",
        passed={names.get(of, of): cases for of, cases in told.passed.items()},
        hindered=hinders(heir.heir) if heir is not None else "",
        ended={code: passing(code, body) for code, body in told.ended.items()},
    )


def _title(services: Mapping[str, object], code: str) -> str:
    return str(getattr(services.get(code), "title", code))


def name(seat: Seat, office: str, heir: str, act: Act) -> None:
    """The office's open cases go to the other, from now on. Raises LineDown, Refusal."""
    assent = seat.assent(Purpose.HEIR, w.heir_subject(office, heir, act))
    ask = w.HeirAsk(office=office, heir=heir, act=w.act_body(act), assent=assent)
    seat.desk.ask(calls.HEIR, ask)
    seat.desk.nudge()
