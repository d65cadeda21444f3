"""Whether a stranger's PDF unfolds into more than anybody could draw: forms within forms.

A file of two kilobytes that draws a form sixteen times, which draws another one sixteen times,
takes all time and memory in the library that draws it, and ends the program.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf

from desktop.domain.errors import Refusal

DAMAGED = "این فایل آسیب‌دیده است و باز نمی‌شود؛ از فرستنده بخواهید آن را دوباره پیوست کند."
_MOST = 30_000
"""So many things at the most are drawn on a page by what it repeats."""
_DEEPEST = 12
_MOST_CONTENT = 64 << 20
"""Bytes of what all pages say, unpacked."""
_FLATE = pikepdf.Name.FlateDecode
_PACKED_OTHERWISE = 1 << 20
# What draws a form, takes a pattern, or takes a look that may hold a form as its mask.
_DRAWS, _TAKES, _LOOKS = (
    re.compile(rb"\b" + word + rb"\b") for word in (rb"Do", rb"(?:scn|SCN|sh)", rb"gs")
)
_IN_A_GLYPH = re.compile(rb"\b(?:Do|Tj|TJ)\b")


def demand_bounded(pdf: bytes) -> None:
    """Raise Refusal for a file that can't be read or of which a page unfolds without end."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            unfolding = _Unfolding()
            for page in document.pages:
                unfolding.demand_page(page)
    except pikepdf.PasswordError:
        # Whoever opens it says so.
        return
    except (pikepdf.PdfError, zlib.error, RecursionError, TypeError, ValueError, KeyError):
        raise Refusal(DAMAGED) from None


class _Unfolding:
    """Counts what each stream draws once, however often it is drawn."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}
        self._under_way: set[tuple[int, int]] = set()
        self._said = 0

    def demand_page(self, page: pikepdf.Page) -> None:
        """Raises Refusal."""
        contents = page.obj.get("/Contents")
        parts = _all_of(contents) if isinstance(contents, pikepdf.Array) else [contents]
        said = b"\n".join(self._said_by(each) for each in parts if isinstance(each, pikepdf.Stream))
        drawn = self._drawn(said, page.resources, 0)
        for annotation in _all_of(page.obj.get("/Annots")):
            looks = annotation.get("/AP")
            shown = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
            drawn += sum(self._weight(each, page.resources, 0) for each in _streams_of(shown))
        if drawn > _MOST:
            raise Refusal(DAMAGED)

    def _weight(self, stream: pikepdf.Object, inherited: pikepdf.Object, depth: int) -> int:
        """How many things a stream draws, with all that it has drawn."""
        key = stream.objgen
        if key in self._under_way or depth > _DEEPEST:
            raise Refusal(DAMAGED)
        if key not in self._known:
            self._under_way.add(key)
            resources = stream.get("/Resources", inherited)
            self._known[key] = self._drawn(self._said_by(stream), resources, depth)
            self._under_way.discard(key)
        return self._known[key]

    def _drawn(self, said: bytes, resources: pikepdf.Object | None, depth: int) -> int:
        if resources is None:
            return 1
        for font in _values(resources, "/Font"):
            glyphs = (each for each in _values(font, "/CharProcs") if _is_stream(each))
            if any(_IN_A_GLYPH.search(self._said_by(each)) for each in glyphs):
                raise Refusal(DAMAGED)
        masks = (
            mask.get("/G")
            for mask in (look.get("/SMask") for look in _values(resources, "/ExtGState"))
            if isinstance(mask, pikepdf.Dictionary)
        )
        forms = (x for x in _values(resources, "/XObject") if x.get("/Subtype") == "/Form")
        total = 1
        for word, drawn in (
            (_DRAWS, forms),
            (_TAKES, _values(resources, "/Pattern")),
            (_LOOKS, masks),
        ):
            times = len(word.findall(said))
            total += times * self._heaviest(drawn, resources, depth) if times else 0
            if total > _MOST:
                raise Refusal(DAMAGED)
        return total

    def _heaviest(
        self, streams: Iterable[pikepdf.Object | None], resources: pikepdf.Object, depth: int
    ) -> int:
        own = (each for each in streams if each is not None and _is_stream(each))
        return max((self._weight(each, resources, depth + 1) for each in own), default=1)

    def _said_by(self, stream: pikepdf.Object) -> bytes:
        """What a stream says, unpacked as far as anybody says."""
        packed = stream.get("/Filter")
        if isinstance(packed, pikepdf.Array) and len(packed) == 1:
            packed = packed[0]
        raw = stream.read_raw_bytes()
        room = _MOST_CONTENT - self._said
        if packed is None:
            said = raw
        elif packed == _FLATE:
            said = zlib.decompressobj().decompress(raw, room + 1)
        elif len(raw) > _PACKED_OTHERWISE:
            raise Refusal(DAMAGED)
        else:
            said = stream.read_bytes()
        self._said += len(said)
        if self._said > _MOST_CONTENT:
            raise Refusal(DAMAGED)
        return said


def _is_stream(value: object) -> bool:
    return isinstance(value, pikepdf.Stream)


def _values(holder: pikepdf.Object, name: str) -> Iterator[pikepdf.Object]:
    held = holder.get(name)
    if isinstance(held, pikepdf.Dictionary):
        for _, value in held.items():
            if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                yield value


def _all_of(array: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    if isinstance(array, pikepdf.Array):
        yield from (each for each in array if isinstance(each, pikepdf.Dictionary | pikepdf.Stream))


def _streams_of(shown: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    """An annotation's look, or the looks that it has."""
    if isinstance(shown, pikepdf.Stream):
        yield shown
    elif isinstance(shown, pikepdf.Dictionary):
        yield from (each for _, each in shown.items() if _is_stream(each))
