"""Checks the documents of a form: seen, numbered and dated where asked, the file whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.form import Document, FieldKind, ServiceField
from desktop.domain.persian import clean, isolate, to_persian_digits
from desktop.domain.request import DocumentFile, SeenDocument
from desktop.domain.service import Service
from desktop.forms.values import read_text
from desktop.wire.blobs import LARGEST

_NUMBER_LIMIT = 30
_NAME = re.compile(r"[0-9a-f]{64}")


def document_faults(
    asked: Iterable[Document], documents: Iterable[SeenDocument], today: date
) -> list[Refusal]:
    """What stands against the documents, at most one fault each, its field `document.<key>`."""
    shown = {document.key: document for document in documents}
    faults = []
    for document in asked:
        words = _fault(document, shown.get(document.key), today)
        if words:
            faults.append(Refusal(words, field=f"document.{document.key}"))
    return faults


def contradictions(
    service: Service,
    asked: Iterable[Document],
    documents: Iterable[SeenDocument],
    answers: Mapping[str, str],
    *,
    recorded: bool,
) -> list[Refusal]:
    """What a field and the row of a document say otherwise of one paper, told beside both.

    `recorded` where the property's record is known: then a field of the record is the record's
    word, and what the paper says is for who decides.
    """
    shown = {document.key: document for document in documents}
    fields = {field.key: field for field in service.form_fields}
    faults: dict[str, str] = {}
    for document in asked:
        seen = shown.get(document.key)
        if seen is None:
            continue
        dated = seen.dated.isoformat() if seen.dated is not None else ""
        pairs = ((document.number_field, seen.number), (document.date_field, dated))
        for key, there in pairs:
            here, field = answers.get(key, ""), fields.get(key)
            if field is None or not here or not there.strip() or (field.record and recorded):
                continue
            if _bare(here) != _bare(there):
                words = _differ(field, here, document, there)
                faults.setdefault(key, words)
                faults.setdefault(f"document.{document.key}", words)
    return [Refusal(words, field=key) for key, words in faults.items()]


def _bare(text: str) -> str:
    return clean(text).replace(" ", "").casefold()


def _differ(field: ServiceField, here: str, document: Document, there: str) -> str:
    """«شمارهٔ نامه» ۸۸ است و در مدرک «نامهٔ دفترخانه» ۸۹ …."""
    if field.kind is FieldKind.DATE:
        here, there = (format_jalali(date.fromisoformat(each)) for each in (here, there))
    told, written = (isolate(to_persian_digits(each)) for each in (here, there))
    return (
        f"«{field.label}» {told} است و در مدرک «{document.title}» {written}؛ هر دو از یک برگ است،"
        " آن را که نادرست است اصلاح کنید."
    )


def demand_whole(documents: Iterable[SeenDocument]) -> None:
    """Refuse an act that names a file without end, whether its document was asked for or not."""
    for document in documents:
        if document.file is not None:
            demand_whole_file(document.file, document.title, f"document.{document.key}")


def demand_whole_file(file: DocumentFile, title: str, field: str) -> None:
    """Refuse a file that is named or measured as none can be; `title` tells it to a person."""
    if not _is_whole(file):
        raise Refusal(not_whole(title), field=field)


def _fault(asked: Document, seen: SeenDocument | None, today: date) -> str:
    if seen is None or not seen.seen:
        return f"اصل «{asked.title}» دیده نشده است. {asked.remedy}"
    if asked.numbered and not seen.number.strip():
        return f"شمارهٔ «{asked.title}» را وارد کنید."
    if asked.dated and seen.dated is None:
        return f"تاریخ «{asked.title}» را وارد کنید."
    if asked.dated and seen.dated is not None and seen.dated > today:
        return f"تاریخ «{asked.title}» نمی‌تواند پس از امروز باشد."
    if seen.number:
        try:
            read_text(seen.number, f"شمارهٔ «{asked.title}»", _NUMBER_LIMIT)
        except Refusal as refusal:
            return refusal.words
    if asked.scan and seen.file is None:
        return f"تصویر «{asked.title}» پیوست نشده است."
    if seen.file is not None and not _is_whole(seen.file):
        return not_whole(asked.title)
    return ""


def not_whole(title: str) -> str:
    """What is said of a file that can't be what it is named as; `title` tells it to a person."""
    return f"پیوست «{title}» درست نیست؛ آن را دوباره پیوست کنید."


def _is_whole(file: DocumentFile) -> bool:
    return bool(_NAME.fullmatch(file.sha256)) and 0 < file.size <= LARGEST and file.pages > 0
