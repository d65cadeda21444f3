"""What puts the municipality's data into force: looked at, prepared, signed, withdrawn."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from desktop.domain.stream import Topic
from desktop.wire.assent import Assent
from desktop.wire.bounds import Code, Count, Day, File, Line, Name, Sha256, Text
from desktop.wire.canon import canon, content_hash
from desktop.wire.payloads import Body
from desktop.wire.services import MunicipalAsk, VersionState


def _composed(text: object) -> object:
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


class ItemBody(Body):
    """A text that is to hold from a day: a whole service file, or one figure as JSON."""

    key: Code
    day: Day
    # As canonical text travels, so that what is signed is what arrives.
    text: Annotated[File, BeforeValidator(_composed)]


class WarningBody(Body):
    """What speaks against a publication; two people may overrule it with a reason.

    `mark` is the same for the same doubt whenever it is asked.
    """

    mark: Line
    words: Text


class DraftBody(Body):
    """What is put forward: texts of one topic with their days, and what is overruled for them.

    `publication` is an id made by who prepares it; `replaces` the title that a service's file is
    knowingly put in place of.
    """

    publication: Name
    topic: Topic
    items: Annotated[list[ItemBody], Field(max_length=5_000)]
    replaces: Line = ""
    overruled: Annotated[list[WarningBody], Field(max_length=10_000)] = []

    @property
    def subject(self) -> str:
        """All that is signed: topic, keys, days, sha256 of every text, replaced title, doubts."""
        return canon(
            {
                "publication": self.publication,
                "topic": self.topic.value,
                "items": [
                    [item.key, item.day.isoformat(), content_hash(item.text.encode())]
                    for item in self.items
                ],
                "replaces": self.replaces,
                "overruled": [[each.mark, each.words] for each in self.overruled],
            }
        )


class WeighAsk(MunicipalAsk):
    """`/v1/weigh-publication`: what a draft would change, before anybody signs it."""

    draft: DraftBody


class ChangeBody(Body):
    """What one text of a draft changes; `lines` are sentences, one a difference.

    `replaces` is the title in force on the day before it, empty for a key that nobody had; `takes`
    says whose place it takes.
    """

    key: str
    title: str
    day: date
    version: str
    replaces: str
    takes: str
    lines: list[str]


class HindranceBody(Body):
    """Why a draft can't be published; `item` counts its texts from 0, -1 is the whole."""

    item: int
    words: str


class ToldBody(Body):
    """What those who sign read: changes, what becomes of the examples of all services, and how
    many open cases stay with the version they have."""

    changes: list[ChangeBody]
    effects: list[str]
    keep: int


class WeighAnswer(Body):
    """What a draft changes and what hinders it.

    `question` is asked where it would replace another title, and is empty else; `others` are
    publications of the same texts that wait.
    """

    told: ToldBody
    hindrances: list[HindranceBody]
    question: str
    warnings: list[WarningBody]
    others: list[str]


class PrepareAsk(Body):
    """`/v1/prepare-publication`: the draft, and its first signature (`Purpose.PREPARE`)."""

    draft: DraftBody
    assent: Assent


class SignatureBody(Body):
    """Who signed, why and when."""

    actor: str
    name: str
    reason: str
    at: datetime
    signature: str


class PublicationBody(Body):
    """A publication: its draft, what was read of it, who prepared it, and how it ended.

    `state` is waiting, then in force (signed, from its days on) or withdrawn; `stale` says why
    it can't be signed any more, and is empty while it can.
    """

    draft: DraftBody
    told: ToldBody
    prepared: SignatureBody
    state: VersionState
    ended: SignatureBody | None = None
    stale: str = ""

    @property
    def subject(self) -> str:
        """What the second person signs: the draft, and the first one's signed word to it."""
        return signed_subject(self.draft, self.prepared.signature)


def signed_subject(draft: DraftBody, first: str) -> str:
    """What the second person signs; the first one's signature covers the reason given."""
    return canon([draft.subject, first])


class SignAsk(Body):
    """`/v1/sign-publication`, `/v1/decline-publication`: a person's word to one that waits."""

    publication: Name
    assent: Assent


class WithdrawAsk(Body):
    """`/v1/withdraw-published`: what was to hold from a day that is still to come never will.

    `places` are those of its versions in the stream `city`.
    """

    topic: Topic
    key: Code
    day: Day
    places: Annotated[list[Count], Field(max_length=5_000)]
    assent: Assent

    @property
    def subject(self) -> str:
        """What is signed."""
        return withdrawn_subject(self.topic, self.key, self.day, self.places)


def withdrawn_subject(topic: Topic, key: str, day: date, places: list[int]) -> str:
    """What is signed to withdraw what was published of the key for the day."""
    return canon([topic.value, key, day.isoformat(), places])


class WithdrawAnswer(Body):
    """What holds on the day now: its title or value, empty where nothing does."""

    remains: str


class PublicationsAsk(MunicipalAsk):
    """`/v1/publications`: those that wait, or one by its id."""

    publication: Name = ""


class PublicationsAnswer(Body):
    """The oldest first."""

    publications: list[PublicationBody]


MOST_TEXTS = 400


class PublishedByAsk(MunicipalAsk):
    """`/v1/published-by`: by whom these texts (sha256) of a topic were put into force, and why."""

    topic: Topic
    texts: Annotated[list[Sha256], Field(max_length=MOST_TEXTS)]


class PutBody(Body):
    """A text with its day: who prepared it, with which reason, and who signed it second."""

    sha256: str
    day: date
    prepared: str
    prepared_at: datetime
    reason: str
    signed: str
    signed_at: datetime


class PublishedByAnswer(Body):
    """The oldest first; what was published without two signatures is not among them."""

    put: list[PutBody]
