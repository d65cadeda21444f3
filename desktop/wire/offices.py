"""What one signature does to offices and people at once: a stop, an heir, a lesson passed."""

from __future__ import annotations

from datetime import date, datetime

from desktop.domain.act import Act
from desktop.domain.stop import Stopped
from desktop.wire.assent import Assent
from desktop.wire.bounds import Code, Day, Ident, Line, Moment, Name, ServiceCode, Sha256
from desktop.wire.canon import canon
from desktop.wire.payloads import Body


class ActBody(Body):
    """The act that a decision rests on; `scan` is the sha256 of its scan where there is one."""

    number: Line
    dated: Day
    body: Line
    scan: Sha256 | None = None

    @property
    def value(self) -> Act:
        """The act as the program knows it."""
        return Act(self.number, self.dated, self.body, self.scan or "")


def act_body(act: Act) -> ActBody:
    """The act as it travels."""
    return ActBody(number=act.number, dated=act.dated, body=act.body, scan=act.scan or None)


class StopAsk(Body):
    """`/v1/stop`: an office's municipal services, or a person, stop (`Purpose.STOP`).

    Without `since` at once.
    """

    subject: Stopped
    who: Name
    cause: Line
    act: ActBody
    since: Moment | None = None
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return stop_subject(self.subject, self.who, self.cause, self.act.value, self.since)


def stop_subject(subject: Stopped, who: str, cause: str, act: Act, since: datetime | None) -> str:
    """What is signed to stop somebody."""
    named = [act.number, act.dated.isoformat(), act.body, act.scan]
    return canon([subject.value, who, cause, named, since.isoformat() if since else ""])


class StopWhollyAsk(Body):
    """`/v1/stop-wholly`: an office's municipal services stop with all its letters, and the office
    `heir`, where one is named, has its open cases (both by their ids; `Purpose.STOP`).

    Without `since` at once: only then somebody may be named.
    """

    office: Name
    heir: Name = ""
    cause: Line
    act: ActBody
    since: Moment | None = None
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return stop_wholly_subject(self.office, self.heir, self.cause, self.act.value, self.since)


def stop_wholly_subject(
    office: str, heir: str, cause: str, act: Act, since: datetime | None
) -> str:
    """What is signed to stop an office with all its letters."""
    return canon(["whole", heir, stop_subject(Stopped.OFFICE, office, cause, act, since)])


class StopAnswer(Body):
    """Since when it holds, by the centre's clock."""

    since: datetime


class HeirAsk(Body):
    """`/v1/heir`: a stopped office's open cases go to another, by their ids (`Purpose.HEIR`)."""

    office: Name
    heir: Name
    act: ActBody
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return heir_subject(self.office, self.heir, self.act.value)


def heir_subject(office: str, heir: str, act: Act) -> str:
    """What is signed to have another office finish what one leaves open."""
    return canon([office, heir, [act.number, act.dated.isoformat(), act.body, act.scan]])


class HeirAnswer(Body):
    """Since when it holds, by the centre's clock."""

    since: datetime


class OpenCasesAsk(Body):
    """`/v1/open-cases`: what an office (by its id) has not finished, and what went elsewhere."""

    actor: Name
    office: Name


class PassingBody(Body):
    """Of a service of which the open cases go elsewhere since its delegation ended: how many
    `passed` to which office, by its id, how many wait for an act of theirs that is `held` at the
    centre, and the tracking `codes` of the first of these."""

    passed: dict[str, int]
    held: int
    codes: list[str]


class OpenCasesAnswer(Body):
    """How many cases are `open` by service, how many `passed` to which office, by its id, since
    the office was stopped, and by service how far those of `ended` delegations are."""

    open: dict[str, int]
    passed: dict[str, int]
    ended: dict[str, PassingBody] = {}


class LessonAsk(Body):
    """`/v1/lesson`: who signs passed all lessons of a service's version (`Purpose.LESSON`).

    `attempt` names the sheet of answers: it is one person's, since what is signed names both.
    """

    attempt: Ident
    service: ServiceCode
    version: Code
    score: Line
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return lesson_subject(self.attempt, self.service, self.version, self.score)


def lesson_subject(attempt: str, service: str, version: str, score: str) -> str:
    """What is signed by who passed a service's lessons."""
    return canon([attempt, service, version, score])


class LessonAnswer(Body):
    """From which day the record counts."""

    since: date
