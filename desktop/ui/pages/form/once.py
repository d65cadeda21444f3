"""A paper's number and date are typed once: in the field that asks them or in the paper's row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import SKIPPED, TextLine
from desktop.ui.widgets.papers.document_row import DocumentRow

Link = tuple[str, str, FormField, TextLine]


class Once:
    """Keeps fields and rows of one paper equal, until a person makes them differ.

    `fields` and `rows` give those that show now, by their keys. What the records fill is only read.
    """

    def __init__(
        self,
        service: Service,
        fields: Callable[[], Mapping[str, FormField]],
        rows: Callable[[], Mapping[str, DocumentRow]],
    ) -> None:
        self._service, self._fields, self._rows = service, fields, rows
        # By link, what both said when they last agreed.
        self._agreed: dict[tuple[str, str], str] = {}

    def settle(self) -> None:
        """Fill what is empty on one side alone, whichever that is."""
        for key, document, field, line in self._links():
            self._carry((key, document), field.control, line)
            self._carry((key, document), line, field.control)
            self._tell(field, line, document)

    def follow(self, edited: str) -> None:
        """A field, or the row of a document (`document.<key>`), was changed by a person."""
        for key, document, field, line in self._links():
            if edited == key:
                self._carry((key, document), field.control, line)
            elif edited == f"document.{document}":
                self._carry((key, document), line, field.control)
            self._tell(field, line, document)

    def _links(self) -> Iterator[Link]:
        fields, rows = self._fields(), self._rows()
        for document in self._service.documents:
            row = rows.get(document.key)
            if row is None:
                continue
            lines = ((document.number_field, row.number), (document.date_field, row.date))
            for key, line in lines:
                if key in fields and line is not None:
                    yield key, document.key, fields[key], line

    def _carry(self, link: tuple[str, str], source: QWidget, target: QWidget) -> None:
        """Give the target what the source says, where it said the same before, or nothing."""
        given, has = _said(source), _said(target)
        if given == has:
            self._agreed[link] = given
            return
        agreed = self._agreed.get(link, "")
        if has in ("", agreed) and (given or has == agreed) and not _is_read_only(target):
            known, control = cast("Any", source), cast("Any", target)
            control.set_value(known.value() or known.raw())
            self._agreed[link] = given

    def _tell(self, field: FormField, line: TextLine, document: str) -> None:
        """Where the records say otherwise than the paper, that is told beside the paper."""
        recorded = _is_read_only(field.control) and _said(field.control) != _said(line)
        told = isolate(to_persian_digits(_said(field.control)))
        words = f"در سوابق: {told}" if recorded and line.text() else ""
        self._rows()[document].set_note(words)


def _said(control: QWidget) -> str:
    """What is given there; a day that can be read as every such day."""
    known: Any = control
    value = known.value()
    return str(value) if value else str(known.raw())


def _is_read_only(control: QWidget) -> bool:
    known: Any = control
    return known.state() in SKIPPED
