"""Services as the municipality looks at them: their versions, a file checked, written, tried."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from desktop.domain.letter import LetterKind
from desktop.wire.bounds import Code, Day, File, Line, Name
from desktop.wire.payloads import Body


class VersionState(StrEnum):
    """Where a version of a published text stands on a day."""

    WAITING = "waiting"
    COMING = "coming"
    IN_FORCE = "in-force"
    FORMER = "former"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class MunicipalAsk(Body):
    """Who asks; only who may prepare or sign a publication is answered."""

    actor: Name


class VersionBody(Body):
    """One version of a service; `pos` is its place in the stream `city`, 0 while it waits.

    `publication` is the act that it came by, empty for what was published without one; `people` who
    prepared and who signed it.
    """

    version: str
    title: str
    day: date
    state: VersionState
    pos: int = 0
    publication: str = ""
    people: list[str] = []


class ServiceBody(Body):
    """A service and its versions, the latest day first; title, icon, digit of the one in force.

    Where none is in force they are those of the version that comes next.
    """

    code: str
    title: str
    icon: str
    digit: int
    family: str
    versions: list[VersionBody]


class ServicesAnswer(Body):
    """All services that were ever published or wait for it, in the order of the home page."""

    services: list[ServiceBody]


class VersionAsk(MunicipalAsk):
    """`/v1/service-version`: the text of a version that was published."""

    code: Code
    version: Code


class VersionAnswer(Body):
    """The whole text, blocks and all."""

    text: str


class ServiceAsk(MunicipalAsk):
    """A service file as it is written, and the day from which it is to hold."""

    name: Line
    text: File
    day: Day


class FaultBody(Body):
    """A fault of a service file: its line (0 where none can be named), key, and what to do."""

    line: int
    key: str
    words: str


class ExampleBody(Body):
    """An example as it came out: the outcome that its file wants, and the one that it had.

    `gates` are `gate:effect`, sorted; `amount` is Rial. `words` tell what is otherwise than
    written, empty where the example is right.
    """

    name: str
    wanted: str
    outcome: str
    gates: list[str]
    amount: int
    words: str


class CheckAnswer(Body):
    """All that is wrong with the file; code and title are empty while it can't be read."""

    code: str
    title: str
    faults: list[FaultBody]
    examples: list[ExampleBody]


class LetterBody(Body):
    """A letter of an example: `text` is a `LetterText` as canonical JSON.

    `way` is how its case came to it, empty for at once.
    """

    example: str
    way: str = ""
    kind: LetterKind
    text: str
    valid_until: date | None


class LettersAnswer(Body):
    """The letters of a file's examples, in the order of the file, one of each kind an example."""

    letters: list[LetterBody]


class TriedBody(Body):
    """A past request that the file would answer otherwise; outcomes as `Outcome`, money in Rial.

    `before` is empty where the service is not offered on that day; `unanswered` names questions of
    the new form to which the request has no answer.
    """

    case_id: str
    tracking: str
    before: str
    after: str
    amount_before: int
    amount_after: int
    gates_before: list[str]
    gates_after: list[str]
    unanswered: list[str]


class TryAnswer(Body):
    """The last requests of the service, put again to the version in force and to the file.

    `same` of the `asked` come out as now; of the others the newest first.
    """

    asked: int
    same: int
    others: list[TriedBody]
