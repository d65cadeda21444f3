"""The pre-check of the case form: asked by itself, once for each question, off the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.actions.desk import Seat
from desktop.actions.precheck import precheck
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind
from desktop.domain.identifiers import Plate
from desktop.domain.people import Party
from desktop.domain.service import Service
from desktop.forms.answers import Checked
from desktop.forms.gate_checks import read_by_gates
from desktop.ui.work import NO_LINE, Work
from desktop.wire.payloads import PrecheckAnswer

_AFTER_MS = 400
# What is written in words changes no answer, but for what a gate reads: it asks no new question.
_WORDS = (FieldKind.TEXT, FieldKind.LONG, FieldKind.DATE)
QUIET = "به مرکز وصل نیستیم؛ پیش‌بررسی نشد و درخواست بدون آن هم ثبت می‌شود."


@dataclass(frozen=True)
class _Question:
    party: Party
    code: str
    plate: Plate | None
    unchanged: str
    answers: tuple[tuple[str, str], ...]

    @property
    def subject(self) -> tuple[object, ...]:
        """Who and which property: the same subject keeps its answer while it is asked again."""
        return self.party, self.code, self.plate


class Records(QObject):
    """`answered` gives the centre's answer, None when who or what asks has changed.

    `unasked` says in words why there is no answer.
    """

    answered = Signal(object)
    unasked = Signal(str)

    def __init__(self, seat: Seat, work: Work, service: Service) -> None:
        super().__init__()
        self._seat, self._work, self._service = seat, work, service
        self._question: _Question | None = None
        self._failed = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_AFTER_MS)
        self._clock.timeout.connect(self._ask)

    def consider(self, checked: Checked, faulty: frozenset[str]) -> None:
        """Look whether the question is whole and new."""
        question = self._of(checked, faulty)
        before = self._question
        if question == before:
            return
        self._question = question
        self._failed = False
        self._clock.stop()
        if before is not None and (question is None or question.subject != before.subject):
            self.answered.emit(None)
        if question is not None:
            self._clock.start()

    def retry(self) -> None:
        """The line may be there again."""
        if self._failed and self._question is not None:
            self._failed = False
            self._ask()

    def _of(self, checked: Checked, faulty: frozenset[str]) -> _Question | None:
        party = checked.party
        who = party.carrier_id if party.kind.is_body else party.owner_id
        asked = {"applicant", "party.person_id", "party.represented_id", "party.carrier_id"}
        asked |= {"property.code", "property.plate"}
        if not who or not (checked.code or checked.plate) or asked & faulty:
            return None
        bare = Party(
            party.kind,
            party.person_id,
            represented_id=party.represented_id,
            carrier_id=party.carrier_id,
        )
        words = {f.key for f in self._service.fields if f.kind in _WORDS}
        words -= read_by_gates(self._service)
        answers = tuple((k, v) for k, v in checked.answers.items() if k not in words)
        return _Question(bare, checked.code, checked.plate, checked.unchanged, answers)

    def _ask(self) -> None:
        question = self._question
        if question is None:
            return
        seat, service = self._seat, self._service.code
        answers: Mapping[str, str] = dict(question.answers)

        def ask() -> PrecheckAnswer:
            return precheck(
                seat,
                service,
                question.party,
                question.code,
                question.plate,
                question.unchanged,
                answers,
            )

        def then(answer: PrecheckAnswer) -> None:
            if question == self._question:
                self.answered.emit(answer)

        def failed(refusal: Refusal) -> None:
            if question == self._question:
                self._failed = True
                self.unasked.emit(QUIET if refusal.words == NO_LINE else refusal.words)

        self._work.run(self, ask, then, failed, line=True)
