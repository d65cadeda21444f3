"""On which Article 100 file of the property a ruling lies, and which fines of it are unpaid."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.centre.records.lookup import find
from desktop.domain.case import Case
from desktop.domain.gates.building import file_status
from desktop.domain.identifiers import renewal_code
from desktop.domain.property import Article100File
from desktop.domain.record_words import FileStatus, RecordWords


def file_of(session: Session, case: Case, words: RecordWords) -> str | None:
    """The one open file (its key), or empty where the records hold none.

    None where nobody can say: of several, and of a case whose property was not found.
    """
    files = _files(session, case)
    if files is None:
        return None
    opened = [file.key for file in files if _is_open(words, file)]
    return (opened or [""])[0] if len(opened) < 2 else None


def unpaid(session: Session, case: Case, words: RecordWords) -> tuple[str, ...]:
    """The fines of the property that nobody has paid, by the keys of their files."""
    files = _files(session, case) or ()
    unpaid = (file for file in files if file_status(words, file) is FileStatus.FINE_UNPAID)
    return tuple(file.key for file in unpaid)


def _files(session: Session, case: Case) -> tuple[Article100File, ...] | None:
    code = case.decision.code if case.decision else ""
    record = find(session, renewal_code(code), None).record if code else None
    return record.files if record is not None else None


def _is_open(words: RecordWords, file: Article100File) -> bool:
    status = file_status(words, file)
    return status is None or not status.closed
