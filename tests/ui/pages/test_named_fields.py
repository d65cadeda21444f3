"""What is typed after F7, or after Enter on a list of faults, lands in the field that was named."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.demo.requests import BUSIEST
from desktop.demo.sample_paper import sample_paper, sample_photos
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role
from desktop.forms.answers import Filled
from desktop.forms.catalogue import SERVICES
from desktop.trial.answering import answer
from desktop.trial.hands import Hands
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.conversion.forms import MinutesForm
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.signing.opinion_form import OpinionForm
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import SKIPPED
from desktop.ui.widgets.inputs.number import DigitsLine, NumberLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.papers.document_row import DocumentRow
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk, a_form
from tests.ui.pages.seeing import walkers
from tests.ui.pages.states import cases_by_state, in_every_state
from tests.ui.pages.test_every_page import WALKS
from tests.ui.pages.typing_through import type_through

CODES = sorted(path.stem for path in SERVICES.glob("*.toml"))
# A form is typed through once: by F7, or by Enter on the list of what is wrong.
BY_F7 = sorted({BUSIEST[0], *CODES[::2]})
BY_LIST = [code for code in CODES if code not in BY_F7]
_MOST = 90


class Filling:
    """Answers what has the focus, and sees what of the form changed by it."""

    def __init__(self, clerk: Clerk, filled: Filled, folder: Path) -> None:
        self.clerk, self.hands = clerk, Hands(clerk.office.window)
        self._filled = filled
        self._paper = folder / "paper.pdf"
        self._paper.write_bytes(sample_paper()[1])
        self._texts = {
            "party.carrier_id": made_up_national_id(4_021),
            **{f"party.{key}": text for key, text in filled.party.items()},
            **filled.answers,
            "unchanged": "yes",
            "fee": "718204",
            "applicant": filled.applicant.value,
        }
        self.jumps: list[str] = []
        clerk.page.panel.remains.jump.connect(self.jumps.append)
        clerk.page.errors.jump.connect(self.jumps.append)

    @property
    def body(self) -> FormBody:
        return self.clerk.body

    def give(self, key: str) -> None:
        """Give what the key asks to whatever has the focus; only the key's own field has it."""
        assert self.clerk.at() == key
        before = self._seen()
        focus = QApplication.focusWidget()
        assert focus is not None
        if key == "property.code":
            self.hands.type(self._filled.code)
        elif isinstance(focus, IconButton):
            self.body.documents.files.pick = lambda _: [self._paper]
            self.hands.space()
        elif key.startswith("document."):
            self._give_paper(focus)
        else:
            # What the records have not said yet is asked too, where hands are faster than they.
            other = "12" if isinstance(focus, DigitsLine | NumberLine) else "یزد، کوچهٔ ۸"
            text = "yes" if isinstance(focus, Tick) else self._texts.get(key, other)
            answer(self.hands, focus, text)
        after = self._seen()
        changed = {each for each in after if after[each] != before.get(each, "")}
        followed = self.body.details.fields.from_records() | self._worked_out()
        assert changed - followed - self._same_paper(key) <= {key}
        assert key in changed

    def _same_paper(self, key: str) -> set[str]:
        """A paper's number and day are typed once: its row and the fields that ask for them."""
        same = [
            {f"document.{each.key}", each.number_field, each.date_field}
            for each in self.body._service.documents
        ]
        return set[str]().union(*(each for each in same if key in each))

    def _give_paper(self, focus: QWidget) -> None:
        if isinstance(focus, Tick):
            self.hands.space()
        else:
            self.hands.type("1405/08/03" if isinstance(focus, DateLine) else "1181")

    def _worked_out(self) -> set[str]:
        cells = self.body.details.fields.cells.items()
        return {key for key, cell in cells if cell.control.state() in SKIPPED}  # type: ignore[attr-defined]

    def _seen(self) -> dict[str, str]:
        seen: dict[str, str] = {}
        for key, cell in self.body.cells().items():
            if isinstance(cell, DocumentRow):
                dated = cell.date.raw() if cell.date is not None else ""
                pages = len(self.body.documents.files.papers(cell.key).pages)
                told = (cell.seen.raw(), cell.number.raw(), dated, str(pages or ""))
                seen[key] = "|".join(told).strip("|")
            elif isinstance(cell, FormField):
                seen[key] = cell.raw()
        return seen


def _filling(office: Office, qtbot: QtBot, code: str, folder: Path) -> Filling:
    clerk = Clerk(office, qtbot, code)
    return Filling(clerk, a_form(office, code), folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    "code",
    [code if code == BUSIEST[0] else pytest.param(code, marks=pytest.mark.long) for code in BY_F7],
)
def test_f7_goes_to_each_line_and_its_field_gets_the_value(
    office: Office, qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    """Slowly: the list is told anew after each value."""
    filling = _filling(office, qtbot, code, tmp_path)
    remains = filling.clerk.page.panel.remains
    filling.clerk.register()
    passed: set[str] = set()
    for _ in range(_MOST):
        filling.hands.settle()
        keys = remains.keys()
        if not keys:
            break
        due = next((key for key in keys if key not in passed), keys[0])
        filling.hands.press("F7")
        assert filling.jumps[-1] == due, "a line was passed over"
        passed.add(due)
        filling.give(due)
    assert remains.sentence() == "آمادهٔ ثبت"


@pytest.mark.long
# Hands outrun a form of any service alike.
@pytest.mark.parametrize("code", CODES[::7])
def test_f7_in_a_hurry(office: Office, qtbot: QtBot, tmp_path: Path, code: str) -> None:
    """The list may lag behind fast hands; what is named and what gets the value never differ."""
    filling = _filling(office, qtbot, code, tmp_path)
    filling.clerk.register()
    for _ in range(25):
        QApplication.processEvents()
        if not filling.clerk.page.panel.remains.keys():
            break
        filling.clerk.wake()
        filling.clerk.page.press("F7")
        if not filling.body.cells()[filling.jumps[-1]].error() and filling.jumps[-1] == "fee":
            continue
        before = filling.jumps[-1]
        if before in filling.jumps[:-1]:
            continue
        filling.give(before)
    assert len(set(filling.jumps)) > 3


@pytest.mark.long
@pytest.mark.parametrize("code", BY_LIST)
def test_enter_on_the_list_goes_to_the_first_fault(
    office: Office, qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    filling = _filling(office, qtbot, code, tmp_path)
    errors = filling.clerk.page.errors
    for _ in range(_MOST):
        filling.clerk.wake()
        filling.clerk.register()
        if not isValid(errors) or errors.isHidden():
            # Where there is nothing to pay the form is gone with what it asked.
            break
        first = errors.errors()[0][0]
        assert errors.links[0].hasFocus()
        assert errors.hint.isVisible()
        filling.hands.enter()
        assert not errors.hint.isVisible(), "Enter goes on from a field, not to it"
        filling.give(first)
        filling.hands.settle()
    assert not isValid(errors) or errors.isHidden()


@pytest.mark.slow
def test_what_is_typed_on_the_list_goes_to_the_first_fault(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    clerk.register()
    first = clerk.page.errors.errors()[0][0]
    clerk.type("44")
    assert clerk.at() == first
    assert clerk.body.filled().party["person_id"] == "44"


@pytest.mark.long
def test_two_values_after_f7_stand_in_their_own_fields(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    clerk.register()
    hands = Hands(office.window)
    for text in ("4420000009", "فاطمه", "دهقان"):
        hands.press("F7")
        hands.type(text)
        hands.settle()
    party = clerk.body.filled().party
    assert (party["first_name"], party["last_name"]) == ("فاطمه", "دهقان")


# The acts.


def _press_main(office: Office, form: ActForm) -> None:
    """The page's main key, or the form's own where that is another's."""
    office.window.activateWindow()
    QApplication.processEvents()
    bar = office.page.bar
    if bar is not None and bar.main is not None and bar.main.text() == form.button:
        bar.press_main()
    else:
        form.check()
    QApplication.processEvents()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", walkers(WALKS))
@in_every_state
@pytest.mark.long
def test_every_act_takes_what_is_typed_where_it_says(
    office: Office, tmp_path: Path, role: Role
) -> None:
    """Every form of every page and role: the visit's report, the expert's, money, records."""
    cases = cases_by_state(office)
    office.sit(role)
    office.window.activateWindow()
    hands = Hands(office.window)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(sample_photos()[1])
    counted: dict[str, int] = {}
    for name, act in WALKS[role](office, cases):
        if name.startswith("records, lift"):
            # Its state is made up, and the keys before have had the page ask for the real one.
            continue
        act()
        QApplication.processEvents()
        for form in office.page.findChildren(ActForm):
            lacks = isinstance(form, MinutesForm) and bool(form.look.lacking)
            lacks = lacks or (isinstance(form, OpinionForm) and bool(form.rows.unseen))
            if lacks:
                # Its key leads to what was not seen yet, to a step that is not done.
                counted[type(form).__name__] = 0
            elif form.isVisible() and not name.endswith("faults"):
                done = type_through(hands, form, paper, partial(_press_main, office, form))
                kind = type(form).__name__
                counted[kind] = max(counted.get(kind, 0), done)
    assert counted.keys() >= _EXPECTED[role]


_EXPECTED: Mapping[Role, set[str]] = {
    Role.CLERK: {"WithdrawForm", "LackForm", "MoveForm", "AmendForm"},
    Role.MANAGER: {"RefundForm"},
    Role.SIGNER: {"OpinionForm"},
    Role.EXPERT: {
        "DecisionForm",
        "AgendaForm",
        "RefuseForm",
        "ReturnForm",
        "CommissionForm",
        "ConsultForm",
        "DropForm",
        "ConsulteeReplyForm",
    },  # fmt: skip
    Role.INSPECTOR: {"ReportForm", "MissForm", "OtherDayForm"},
    Role.FINANCE: {"ClaimForm"},
    Role.PLANNER: {"AbsenceForm"},
    Role.ADMIN: set(),
    Role.SUPERVISOR: {
        "FigureForm",
        "HeldForm",
        "HolidayForm",
        "LookBackForm",
        "MinutesForm",
        "ReadyForm",
        "WordsForm",
    },  # fmt: skip
}
