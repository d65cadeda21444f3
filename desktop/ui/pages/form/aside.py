"""What was typed into an earlier version of a service's form and has no place in the one now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.known import rows_of
from desktop.domain.people import Applicant
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.pages.form.details import UNCHANGED, read_answer
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear

Told = tuple[str, str]
_UNNAMED = "قلمی از فرم پیشین"


@dataclass(frozen=True)
class Carried:
    """A form as kept, fit for the service now, and what it has no place for: label and words."""

    kept: Mapping[str, Any]
    aside: tuple[Told, ...]


def carried(before: Service | None, now: Service, kept: Mapping[str, Any]) -> Carried:
    """What of a kept form (`FormBody.kept`) can stand in the service as it is now.

    `before` is the version that it was typed into, None where that is not here. Nothing is put
    where another question stood, and nothing is dropped.
    """
    old = {field.key: field for field in before.fields} if before is not None else {}
    new = {field.key: field for field in now.form_fields}
    details: dict[str, str] = {}
    aside: list[Told] = [tuple(each) for each in kept.get("aside", ())]
    for key, text in kept["details"].items():
        was, now_ = old.get(key), new.get(key)
        if was is not None and now_ is not None and was.kind is now_.kind is FieldKind.TABLE:
            stays, gone = _rows_staying(was, now_, text)
            aside += gone
        else:
            stays = text if key == UNCHANGED else _staying(was, now_, text)
            if stays != text and text:
                aside.append(_told(was, key, text))
        if stays:
            details[key] = stays
    documents = dict(kept["documents"])
    asked = {document.key for document in now.documents}
    titles = {document.key: document.title for document in before.documents} if before else {}
    for key in [key for key in documents if key not in asked]:
        words = _paper_words(documents.pop(key))
        if words:
            aside.append((titles.get(key, _UNNAMED), words))
    party = dict(kept["party"])
    asker = party.get("applicant", "")
    if asker and asker not in {each.value for each in now.applicants}:
        aside.append(("سمت متقاضی", Applicant(party.pop("applicant")).word))
    whole = {**kept, "details": details, "documents": documents, "party": party}
    return Carried({**whole, "aside": [list(each) for each in aside]}, tuple(aside))


def _staying(old: ServiceField | None, new: ServiceField | None, text: str) -> str:
    """What of an answer the field of the same key can take; empty for nothing."""
    if new is None or new.formula is not None or (old is not None and old.kind is not new.kind):
        return ""
    offered = {choice.value for choice in new.choices}
    if new.kind is FieldKind.CHOICE:
        return text if text in offered else ""
    if new.kind is FieldKind.CHOICES:
        return ",".join(part for part in text.split(",") if part in offered)
    if new.kind in (FieldKind.TEXT, FieldKind.LONG):
        return text if len(text) <= new.longest else ""
    return text


def _rows_staying(old: ServiceField, new: ServiceField, text: str) -> tuple[str, list[Told]]:
    """What of typed rows the table can take, column by column; of each other its cells."""
    try:
        rows = rows_of(text)
    except ValueError:
        return "", [(old.label, to_persian_digits(text))]
    asked = {column.key: column for column in new.columns}
    kept: list[dict[str, str]] = [{} for _ in rows]
    gone: list[Told] = []
    for column in old.columns:
        typed = [row.get(column.key, "") for row in rows]
        stays = [_staying(column, asked.get(column.key), cell) if cell else "" for cell in typed]
        for row, cell in zip(kept, stays, strict=True):
            row |= {column.key: cell} if cell else {}
        lost = [cell for cell, left in zip(typed, stays, strict=True) if cell != left]
        if lost and column.formula is None:
            words = "، ".join(read_answer(column, cell) for cell in lost)
            gone.append((f"{old.label}، ستون «{column.label}»", words))
    return (json.dumps(kept, ensure_ascii=False) if any(kept) else ""), gone


def _told(field: ServiceField | None, key: str, text: str) -> Told:
    if field is None:
        return _UNNAMED, to_persian_digits(text)
    if field.kind is FieldKind.TICK:
        return field.label, "بله"
    # Whole, also where the folded part of a form only counts rows.
    read = _read_rows if field.kind is FieldKind.TABLE else read_answer
    return field.label.rstrip("؟"), read(field, text)


def _read_rows(field: ServiceField, text: str) -> str:
    try:
        rows = rows_of(text)
    except ValueError:
        return to_persian_digits(text)
    cells = (
        [f"{c.label} {read_answer(c, row[c.key])}" for c in field.columns if row.get(c.key)]
        for row in rows
    )
    return "؛ ".join("، ".join(each) for each in cells if each)


def _paper_words(row: Mapping[str, str]) -> str:
    parts = ["اصل دیده شد"] if row.get("seen") else []
    parts += [f"شمارهٔ {row['number']}"] if row.get("number") else []
    parts += [f"تاریخ {row['date']}"] if row.get("date") else []
    parts += ["با پیوست"] if row.get("papers") else []
    return to_persian_digits("، ".join(parts))


class AsideCard(Card):
    """«این قلم دیگر پرسیده نمی‌شود: …», a line each; `dropped` when nobody needs them any more."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(6, 14, 6, 12))
        away = Link("حذف")
        away.setAccessibleName("حذف قلم‌هایی که دیگر پرسیده نمی‌شود")
        away.clicked.connect(self.dropped)
        self._lines = Column(gap=2)
        row = Row(gap=10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel("pencil", 18, "neutral"), 0, top)
        row.addLayout(self._lines, 1)
        row.addWidget(away, 0, top)
        holder = QWidget()
        holder.setLayout(row)
        self.add(holder)
        self.hide()

    def show_aside(self, told: tuple[Told, ...]) -> None:
        """Show these; none hides the card."""
        clear(self._lines)
        for label, words in told:
            line = Label(f"این قلم دیگر پرسیده نمی‌شود: «{label}»: {words}", wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._lines.addWidget(line)
        self.setAccessibleName("؛ ".join(f"{label}: {words}" for label, words in told))
        self.setVisible(bool(told))
