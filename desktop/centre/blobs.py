"""Citizens' papers at the centre: taken in chunks for whom a case names them, read through it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from desktop.centre.case_reading import seen_case
from desktop.centre.context import Centre
from desktop.centre.doubt_rows import note_letters
from desktop.centre.registrars import demand_registrar
from desktop.centre.streams import load_case
from desktop.centre.tables import (
    BlobChunkRow,
    BlobHolderRow,
    BlobRow,
    BlobUseRow,
    DeviceRow,
)
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.request import DocumentFile
from desktop.domain.stream import office_stream
from desktop.scans.pdf import pictures_in
from desktop.sql.missing import make_missing
from desktop.wire import blobs as wire
from desktop.wire.frame import Purpose, frame

DOORS = "doors that came"
"""In what a transaction knows: what their cases wait for is done once it is committed."""
_UNASKED = "هیچ پرونده‌ای این فایل را نمی‌خواهد."
_NOT_HELD = "این فایل نزد این دفتر نیست؛ آن را دوباره پیوست کنید."
_log = logging.getLogger(__name__)


def note_use(session: Session, case: Case, stream: str, files: Iterable[DocumentFile]) -> None:
    """A fact of the case names these files; the desks of the home stream send them."""
    uses = [
        {"sha256": file.sha256, "case_id": case.case_id, "stream": stream, "size": file.size}
        for file in files
    ]
    make_missing(session, BlobUseRow, *uses)


def announce(
    session: Session, centre: Centre, device: DeviceRow, ask: wire.ScanAsk, _: datetime
) -> wire.BlobAnswer:
    """The desk may send this scan of an act: named before it is signed. Raises Refusal."""
    demand_registrar(session, centre, device, ask.actor, device.office)
    stream = office_stream(device.office)
    use = {"sha256": ask.sha256, "case_id": wire.ACTS, "stream": stream, "size": ask.size}
    make_missing(session, BlobUseRow, use)
    return state(session, centre, device, wire.BlobAsk(sha256=ask.sha256), _)


def is_announced(session: Session, sha256: str) -> bool:
    """Whether a desk said that it sends this scan of an act."""
    return session.get(BlobUseRow, (sha256, wire.ACTS)) is not None


def may_be_pictures(session: Session, file: DocumentFile) -> bool:
    """Whether it is a paper of so many pictures, as far as is known: most come after their act."""
    return are_pictures(session, file) is not False


def are_pictures(session: Session, file: DocumentFile) -> bool | None:
    """Whether it is a paper of so many pictures; None until it is here."""
    blob = session.get(BlobRow, file.sha256)
    if blob is None or blob.stored_at is None:
        return None
    if blob.pictures is None:
        # Once: it is asked of its report at each weighing.
        blob.pictures = pictures_in(whole(session, file.sha256))
        session.flush()
    return blob.pictures == file.pages


def keep_act(session: Session, pdf: bytes, at: datetime) -> str:
    """Keep the scan of an act that was given at the centre itself, as the municipality's; under
    which sha256."""
    sha256, stream = wire.name_of(pdf), office_stream(MUNICIPALITY)
    use = {"sha256": sha256, "case_id": wire.ACTS, "stream": stream, "size": len(pdf)}
    make_missing(session, BlobUseRow, use)
    blob = _locked(session, sha256, len(pdf))
    if blob.stored_at is None:
        _drop(session, sha256)
        for number in range(wire.chunks(len(pdf))):
            content = pdf[number * wire.CHUNK : (number + 1) * wire.CHUNK]
            session.add(BlobChunkRow(sha256=sha256, number=number, content=content))
        blob.stored_at, blob.size, blob.sender = at, len(pdf), stream
    _hold(session, sha256, stream, at)
    return sha256


def state(
    session: Session, centre: Centre, device: DeviceRow, ask: wire.BlobAsk, _: datetime
) -> wire.BlobAnswer:
    """How much of the paper is here, for a desk whose office names it."""
    size = _size(session, device, ask.sha256)
    if size is None:
        return wire.BlobAnswer(asked=False, stored=False, next=0)
    return _answer(session, centre, device, ask.sha256, size)


def receive(
    session: Session, centre: Centre, device: DeviceRow, ask: wire.ChunkAsk, at: datetime
) -> wire.BlobAnswer:
    """Keep the chunk if it is the wanted one; after the last, compare the whole with its name.

    A chunk that is here already costs nothing. A whole that is not what its name says is dropped
    and wanted again. Raises Refusal for what nobody asked for or a chunk of a wrong size.
    """
    size = _size(session, device, ask.sha256)
    if size is None:
        raise Refusal(_UNASKED)
    blob, stream = _locked(session, ask.sha256, size), office_stream(device.office)
    coming = _coming(ask.sha256, stream, size)
    if blob.stored_at is not None or ask.number != _count(session, coming):
        return _answer(session, centre, device, ask.sha256, size)
    content = _content(ask, size)
    session.add(BlobChunkRow(sha256=coming, number=ask.number, content=content))
    session.flush()
    if ask.number + 1 == wire.chunks(size):
        paper = whole(session, coming)
        if wire.name_of(paper) == ask.sha256:
            _keep(session, coming, ask.sha256)
            blob.stored_at, blob.size, blob.sender = at, size, stream
            _hold(session, ask.sha256, stream, at)
            session.flush()
            if device.office == MUNICIPALITY:
                _weigh(session, ask.sha256)
        else:
            _log.warning("a paper is not what its name says: %s", ask.sha256)
            _drop(session, coming)
        session.flush()
    return _answer(session, centre, device, ask.sha256, size)


def _weigh(session: Session, sha256: str) -> None:
    """What a visit brought was taken before its pictures came. Where those of a report are none,
    the letters that rest on it are weighed again (`doubting`); the fee of a missed one waits for
    the door."""
    uses = select(BlobUseRow.case_id).where(BlobUseRow.sha256 == sha256)
    for case_id in session.scalars(uses):
        case = load_case(session, case_id)
        if case is not None and not has_its_pictures(session, case):
            note_letters(session, case)
        if case is not None and case.door_unseen:
            session.info.setdefault(DOORS, []).append(case_id)


def has_its_pictures(session: Session, case: Case) -> bool:
    """Whether what is attached to the case's report are pictures, as far as they have come."""
    files = case.report.files if case.report is not None else ()
    return all(may_be_pictures(session, file) for file in files)


def prove(
    session: Session, centre: Centre, device: DeviceRow, ask: wire.ProveAsk, at: datetime
) -> wire.BlobAnswer:
    """The office has the paper too, which came from elsewhere: its cases show it from now on.

    Raises Refusal for a proof that is none.
    """
    size = _size(session, device, ask.sha256)
    if size is None:
        raise Refusal(_UNASKED)
    blob = _locked(session, ask.sha256, size)
    stream = office_stream(device.office)
    if blob.stored_at is not None and not _holds(session, ask.sha256, stream):
        word = _word(centre, ask.sha256, stream)
        paper = whole(session, ask.sha256)
        proof = wire.proof_of(centre.identity.centre, stream, word, paper)
        if not compare_digest(proof, ask.proof):
            raise Refusal(_NOT_HELD)
        _hold(session, ask.sha256, stream, at)
        if device.office == MUNICIPALITY:
            # An office sent the same bytes first.
            _weigh(session, ask.sha256)
    return _answer(session, centre, device, ask.sha256, size)


def read(
    session: Session, centre: Centre, device: DeviceRow, ask: wire.PaperAsk, __: datetime
) -> wire.ReadAnswer:
    """A chunk of a paper of a case that the asker may see. Raises Refusal.

    To name a content gives nobody its bytes: the office whose case names it had them.
    """
    if ask.case_id == wire.ACTS:
        demand_registrar(session, centre, device, ask.actor, device.office)
    else:
        seen_case(session, centre, device, ask.case_id, ask.actor)
    use = session.get(BlobUseRow, (ask.sha256, ask.case_id))
    theirs = ask.case_id == wire.ACTS and device.office != MUNICIPALITY
    if use is None or (theirs and use.stream not in _told_of(device.office)):
        raise Refusal("این فایل از آنِ این پرونده نیست.")
    blob = session.get(BlobRow, ask.sha256)
    held = _holds(session, ask.sha256, use.stream)
    if blob is None or blob.stored_at is None or not held:
        return wire.ReadAnswer(stored=False, content="", last=True)
    chunk = session.get(BlobChunkRow, (ask.sha256, ask.number))
    if chunk is None:
        raise Refusal("این فایل چنین بخشی ندارد.")
    last = ask.number + 1 == wire.chunks(blob.size)
    return wire.ReadAnswer(stored=True, content=wire.chunk_of(chunk.content, 0), last=last)


def _told_of(office: str) -> tuple[str, str]:
    """Whose acts' papers an office is shown: its own, and what the municipality puts into force."""
    return office_stream(office), office_stream(MUNICIPALITY)


def _size(session: Session, device: DeviceRow, sha256: str) -> int | None:
    """The paper's size as a case of the device's office names it."""
    return session.scalar(
        select(BlobUseRow.size)
        .where(BlobUseRow.sha256 == sha256, BlobUseRow.stream == office_stream(device.office))
        .order_by(BlobUseRow.case_id)
        .limit(1)
    )


def _coming(sha256: str, stream: str, size: int) -> str:
    """What the chunks of an unfinished paper are kept under: each office's are its own, so that
    what one sends, of whatever size, neither ends nor spoils what another is sending."""
    return wire.name_of(f"{sha256} {stream} {size}".encode())


def _keep(session: Session, coming: str, sha256: str) -> None:
    """The paper has come whole: its chunks are under its own name from now on."""
    _drop(session, sha256)
    own = update(BlobChunkRow).where(BlobChunkRow.sha256 == coming).values(sha256=sha256)
    session.execute(own)


def _locked(session: Session, sha256: str, size: int) -> BlobRow:
    """The paper's row, held until the end: two desks with one paper take turns."""
    query = select(BlobRow).where(BlobRow.sha256 == sha256).with_for_update()
    query = query.execution_options(populate_existing=True)
    held = session.scalars(query).one_or_none()
    if held is not None:
        return held
    # Another office may send the same paper at this moment: then it waits here for that one's end.
    make_missing(session, BlobRow, {"sha256": sha256, "size": size, "stored_at": None})
    return session.scalars(query).one()


def _content(ask: wire.ChunkAsk, size: int) -> bytes:
    wanted = min(wire.CHUNK, size - ask.number * wire.CHUNK)
    try:
        content = wire.bytes_of(ask.content)
    except ValueError as fault:
        raise Refusal("این بخش فایل خوانده نشد.") from fault
    if len(content) != wanted:
        raise Refusal("این بخش فایل کوتاه‌تر یا بلندتر از آن است که گفته شده بود.")
    return content


def _answer(
    session: Session, centre: Centre, device: DeviceRow, sha256: str, size: int
) -> wire.BlobAnswer:
    blob, stream = session.get(BlobRow, sha256), office_stream(device.office)
    stored = blob is not None and blob.stored_at is not None
    if stored and not _holds(session, sha256, stream):
        word = _word(centre, sha256, stream)
        return wire.BlobAnswer(asked=True, stored=False, next=0, word=word)
    return wire.BlobAnswer(
        asked=True,
        stored=stored,
        next=_count(session, sha256 if stored else _coming(sha256, stream, size)),
    )


def _word(centre: Centre, sha256: str, stream: str) -> str:
    """What nobody can know before the centre said it, the same for the office each time."""
    said = frame(Purpose.POSSESSION, centre.identity.centre, sha256, stream)
    return wire.name_of(bytes.fromhex(centre.keys.answers.sign(said)))


def _holds(session: Session, sha256: str, stream: str) -> bool:
    return session.get(BlobHolderRow, (sha256, stream)) is not None


def _hold(session: Session, sha256: str, stream: str, at: datetime) -> None:
    """The office had it; the paper's row is locked, so no two say so at once."""
    if not _holds(session, sha256, stream):
        session.add(BlobHolderRow(sha256=sha256, stream=stream, proven_at=at))
        session.flush()


def _count(session: Session, sha256: str) -> int:
    query = select(func.count()).select_from(BlobChunkRow).where(BlobChunkRow.sha256 == sha256)
    return session.scalar(query) or 0


def _drop(session: Session, sha256: str) -> None:
    session.execute(delete(BlobChunkRow).where(BlobChunkRow.sha256 == sha256))


def whole(session: Session, sha256: str) -> bytes:
    """The paper of that name, or what is here of it."""
    query = select(BlobChunkRow.content).where(BlobChunkRow.sha256 == sha256)
    return b"".join(session.scalars(query.order_by(BlobChunkRow.number)))
