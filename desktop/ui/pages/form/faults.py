"""What stands against registering, shown where it is: fields, parts, the list on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from PySide6.QtWidgets import QApplication

from desktop.domain.errors import Refusal
from desktop.forms.answers import Checked
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.double import DUPLICATE, MISSING
from desktop.ui.pages.form.remains import lines
from desktop.ui.widgets.holders.card import SectionState
from desktop.ui.widgets.lists.remains import Remains
from desktop.ui.widgets.told.banner import ErrorList


class FaultBoard:
    """Faults show where the person has been; after `show_all` everywhere, with the list on top."""

    def __init__(self, errors: ErrorList, remains: Remains) -> None:
        self.visited: set[str] = set()
        self._errors, self._remains = errors, remains
        self._all = False

    def show_all(self) -> None:
        """The person wants to register: from now on every fault shows."""
        self._all = True

    def show(self, body: FormBody, checked: Checked) -> None:
        """Tell everything anew."""
        told = _by_field(faults_of(body, checked))
        shown = self._mark(body, told)
        self._list(body, told if self._all else {})
        self._show_parts(body, told, shown)
        unpaid = bool(body.fee.amount) and body.fee.payment() is None
        unread = body.documents.unreadable() - told.keys()
        whole = len(told) + len(unread) + unpaid
        self._remains.set_lines(lines(body, told, shown, unread), whole)

    def refuse(self, body: FormBody, faults: Sequence[Refusal]) -> list[Refusal]:
        """Show what registering itself refused; gives what has no place in the form."""
        cells = body.cells()
        told = _by_field([fault for fault in faults if fault.field in cells])
        for key, words in told.items():
            cells[key].set_error(words)
        self._list(body, told)
        return [fault for fault in faults if fault.field not in cells]

    def _list(self, body: FormBody, told: Mapping[str, str]) -> None:
        # Beside its field each is told in words; the panel, where there is room for it, names all.
        beside = told.keys() <= body.cells().keys()
        self._errors.set_errors(_listed(told), brief=beside and self._remains.isVisible())

    def _mark(self, body: FormBody, told: Mapping[str, str]) -> set[str]:
        """Say what is wrong beside each field; gives the keys that have an error."""
        typing = body.focused_key()
        shown: set[str] = set()
        for key, cell in body.cells().items():
            stood = cell.error()
            wanted = told.get(key) if self._all or key in self.visited else None
            if key == typing and wanted:
                # Checked on leaving: while it is typed in a field keeps what it said.
                wanted = wanted if self._all and stood else stood
            if wanted:
                shown.add(key)
            if wanted != stood:
                cell.set_error(wanted)
        return shown

    def _show_parts(self, body: FormBody, told: Mapping[str, str], shown: Set[str]) -> None:
        focus = QApplication.focusWidget()
        for part in body.parts:
            keys = part.cells().keys()
            # What nobody asks for may stay empty, but an empty part is not checked.
            done = not keys & told.keys() and body.is_part_begun(part)
            if part is body.documents:
                # A page that can't be read is no fault of the form, yet nothing is complete so.
                done = done and body.documents.complete() == body.documents.total()
            here = focus is not None and part.isAncestorOf(focus)
            wrong = keys & shown
            well: SectionState = "warned" if part.is_warned() else "done"
            part.set_state("error" if wrong else well if done else "current" if here else "later")
            if part.is_folded():
                part.fold_up()
                if wrong:
                    part.unfold()


def faults_of(body: FormBody, checked: Checked) -> list[Refusal]:
    """Everything that stands against registering, in the form's order."""
    faults = list(checked.faults)
    if body.double.is_due() and not body.double.reason.raw():
        faults.append(Refusal(MISSING, field=DUPLICATE))
    places = {key: place for place, key in enumerate(body.cells())}
    return sorted(faults, key=lambda fault: places.get(fault.field or "", len(places)))


def _by_field(faults: Sequence[Refusal]) -> dict[str, str]:
    told: dict[str, str] = {}
    for fault in faults:
        told.setdefault(fault.field or "", fault.words)
    return told


def _listed(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """The list on top names what is wrong; how to mend a document stands in its own row."""
    return [
        (key, words.partition(". ")[0].removesuffix(".") + "." if _is_paper(key) else words)
        for key, words in told.items()
    ]


def _is_paper(key: str) -> bool:
    return key.startswith("document.")
