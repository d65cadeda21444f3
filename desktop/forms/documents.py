"""Checks the documents of a form: seen, numbered and dated where asked, the file whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.domain.errors import Refusal
from desktop.domain.form import Document
from desktop.domain.request import DocumentFile, SeenDocument
from desktop.forms.values import read_text

_NUMBER_LIMIT = 30
_NAME = re.compile(r"[0-9a-f]{64}")
# 40 pages of 200 KB and what joins them.
_FILE_LIMIT = 10_000_000


def document_faults(asked: Iterable[Document], documents: Iterable[SeenDocument]) -> list[Refusal]:
    """What stands against the documents, at most one fault each, its field `document.<key>`."""
    shown = {document.key: document for document in documents}
    faults = []
    for document in asked:
        words = _fault(document, shown.get(document.key))
        if words:
            faults.append(Refusal(words, field=f"document.{document.key}"))
    return faults


def demand_whole(documents: Iterable[SeenDocument]) -> None:
    """Refuse an act that names a file without end, whether its document was asked for or not."""
    for document in documents:
        if document.file is not None and not _is_whole(document.file):
            words = f"پیوست «{document.title}» درست نیست؛ آن را دوباره پیوست کنید."
            raise Refusal(words, field=f"document.{document.key}")


def _fault(asked: Document, seen: SeenDocument | None) -> str:
    if seen is None or not seen.seen:
        return f"اصل «{asked.title}» دیده نشده است. {asked.remedy}"
    if asked.numbered and not seen.number.strip():
        return f"شمارهٔ «{asked.title}» را وارد کنید."
    if asked.dated and seen.dated is None:
        return f"تاریخ «{asked.title}» را وارد کنید."
    if seen.number:
        try:
            read_text(seen.number, f"شمارهٔ «{asked.title}»", _NUMBER_LIMIT)
        except Refusal as refusal:
            return refusal.words
    if asked.scan and seen.file is None:
        return f"تصویر «{asked.title}» پیوست نشده است."
    if seen.file is not None and not _is_whole(seen.file):
        return f"پیوست «{asked.title}» درست نیست؛ آن را دوباره پیوست کنید."
    return ""


def _is_whole(file: DocumentFile) -> bool:
    return bool(_NAME.fullmatch(file.sha256)) and 0 < file.size <= _FILE_LIMIT and file.pages > 0
