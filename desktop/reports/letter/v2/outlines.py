"""The font files of paper, read once: which glyph is whose, how wide, and its outline to embed."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from itertools import accumulate

import uharfbuzz

from desktop.settings import resources


class Weight(StrEnum):
    """A cut of Vazirmatn; the value is its file's name."""

    REGULAR = "Vazirmatn-Regular"
    MEDIUM = "Vazirmatn-Medium"
    BOLD = "Vazirmatn-Bold"


@dataclass(frozen=True)
class Part:
    """One glyph of the font, moved by so many units: a letter where it is, a mark where it sits."""

    glyph: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, eq=False)
class Outline:
    """What is drawn for one code: glyphs that lie over each other, or none, and its width.

    There is one object of each (`outline`), so that it is found by what it is, not by its parts.
    """

    parts: tuple[Part, ...]
    width: int

    @cached_property
    def glyph(self) -> int | None:
        """The glyph of the font that it is as it stands."""
        whole = len(self.parts) == 1 and not (self.parts[0].x or self.parts[0].y)
        return self.parts[0].glyph if whole else None


@cache
def outline(parts: tuple[tuple[int, int, int], ...], width: int) -> Outline:
    """The outline of those glyphs, each moved by x and y."""
    return Outline(tuple(Part(*part) for part in parts), width)


WIDEST = 0xFFFF  # units that a font file can give a glyph as its width
_COMPOSITE = struct.Struct(">hhhhh")
_HAS_WORDS, _ARE_OFFSETS, _MORE, _INSTRUCTIONS = 0x1, 0x2, 0x20, 0x100
_SCALES = ((0x8, 2), (0x40, 4), (0x80, 8))


class Face:
    """One font file. `shaper` is HarfBuzz's font of it; units are those of the file."""

    def __init__(self, weight: Weight) -> None:
        path = resources() / "fonts" / f"{weight.value}.ttf"
        face = uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes()))
        self.weight = weight
        self.shaper = uharfbuzz.Font(face)
        self.units = int(face.upem)
        self._tables = {
            tag: bytes(face.reference_table(tag).data)
            for tag in ("OS/2", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
        }
        self._widths, self._bearings = self._metrics()
        self._places = self._offsets()
        self._bare: dict[int, bytes] = {}
        self._drawn: dict[Outline, tuple[int, bytes, list[tuple[int, int]]]] = {}
        self.ascent, self.descent = struct.unpack_from(">hh", self._tables["hhea"], 4)
        self.box = struct.unpack_from(">hhhh", self._tables["head"], 36)
        (self.capitals,) = struct.unpack_from(">h", self._tables["OS/2"], 88)

    def _metrics(self) -> tuple[list[int], list[int]]:
        (count,) = struct.unpack_from(">H", self._tables["maxp"], 4)
        (full,) = struct.unpack_from(">H", self._tables["hhea"], 34)
        table = self._tables["hmtx"]
        pairs = list(struct.iter_unpack(">Hh", table[: 4 * full]))
        rest = [bearing for (bearing,) in struct.iter_unpack(">h", table[4 * full :])]
        widths = [width for width, _ in pairs] + [pairs[-1][0]] * (count - full)
        return widths, [bearing for _, bearing in pairs] + rest

    def _offsets(self) -> list[int]:
        (long,) = struct.unpack_from(">h", self._tables["head"], 50)
        if long:
            return [at for (at,) in struct.iter_unpack(">L", self._tables["loca"])]
        return [2 * at for (at,) in struct.iter_unpack(">H", self._tables["loca"])]

    def width(self, glyph: int) -> int:
        """How far the pen moves on after a glyph."""
        return self._widths[glyph]

    def has(self, character: str) -> bool:
        """Whether there is a glyph for the character."""
        return self.shaper.get_nominal_glyph(ord(character)) is not None

    def _outline(self, glyph: int) -> bytes:
        """The glyph's record without its instructions: paper is finer than any pixel grid."""
        if glyph not in self._bare:
            record = self._tables["glyf"][self._places[glyph] : self._places[glyph + 1]]
            self._bare[glyph] = _uninstructed(record) if record else b""
        return self._bare[glyph]

    def subset(self, outlines: list[Outline]) -> bytes:
        """A font file of these outlines alone, the first at number 1, as far as a PDF needs one.

        Glyphs that a composite names follow behind them.
        """
        numbers: dict[int, int] = {}
        records: list[bytes] = [self._outline(0)]
        metrics: list[tuple[int, int]] = [(self._widths[0], self._bearings[0])]
        wanted: list[tuple[bytes, list[tuple[int, int]]]] = []
        for at, each in enumerate(outlines, start=1):
            if each.glyph is not None:
                numbers.setdefault(each.glyph, at)
        for each in outlines:
            known = self._drawn.get(each)
            if known is None:
                known = self._drawn[each] = (self._bearing(each), *self._record(each))
            bearing, record, places = known
            metrics.append((each.width, bearing))
            wanted.append((record, places))
        pending = [part for _, places in wanted for _, part in places]
        extra: list[int] = []
        while pending:
            glyph = pending.pop(0)
            if glyph not in numbers:
                numbers[glyph] = len(outlines) + 1 + len(extra)
                extra.append(glyph)
                metrics.append((self._widths[glyph], self._bearings[glyph]))
                record, places = self._record(outline(((glyph, 0, 0),), self._widths[glyph]))
                wanted.append((record, places))
                pending += [part for _, part in places]
        for record, places in wanted:
            if places:
                changed = bytearray(record)
                for place, glyph in places:
                    struct.pack_into(">H", changed, place, numbers[glyph])
                record = bytes(changed)
            records.append(record)
        return self._file(records, metrics)

    def _bearing(self, drawn: Outline) -> int:
        return min((self._bearings[part.glyph] + part.x for part in drawn.parts), default=0)

    def _record(self, wanted: Outline) -> tuple[bytes, list[tuple[int, int]]]:
        """A glyph's record, and where in it which other glyph is named."""
        if wanted.glyph is not None:
            record = self._outline(wanted.glyph)
            return record, _components(record)
        boxes = [(part, self._box(part.glyph)) for part in wanted.parts]
        drawn = [(part, box) for part, box in boxes if box is not None]
        if not drawn:
            return b"", []
        head = _COMPOSITE.pack(
            -1,
            min(box[0] + part.x for part, box in drawn),
            min(box[1] + part.y for part, box in drawn),
            max(box[2] + part.x for part, box in drawn),
            max(box[3] + part.y for part, box in drawn),
        )
        record, places = head, []
        for at, (part, _) in enumerate(drawn, start=1):
            more = _MORE if at < len(drawn) else 0
            places.append((len(record) + 2, part.glyph))
            flags = _HAS_WORDS | _ARE_OFFSETS | more
            record += struct.pack(">HHhh", flags, 0, part.x, part.y)
        return record, places

    def _box(self, glyph: int) -> tuple[int, int, int, int] | None:
        record = self._outline(glyph)
        return struct.unpack_from(">hhhh", record, 2) if record else None

    def _file(self, records: list[bytes], metrics: list[tuple[int, int]]) -> bytes:
        padded = [record + b"\0" * (-len(record) % 4) for record in records]
        offsets = [0, *accumulate(map(len, padded))]
        glyphs = b"".join(padded)
        head, hhea = bytearray(self._tables["head"]), bytearray(self._tables["hhea"])
        maxp = bytearray(self._tables["maxp"])
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">H", hhea, 34, len(metrics))
        struct.pack_into(">H", maxp, 4, len(records))
        hmtx = b"".join(struct.pack(">Hh", *metric) for metric in metrics)
        return _assembled(
            {
                b"glyf": glyphs,
                b"head": bytes(head),
                b"hhea": bytes(hhea),
                b"hmtx": hmtx,
                b"loca": struct.pack(f">{len(offsets)}L", *offsets),
                b"maxp": bytes(maxp),
            }
        )


def _components(record: bytes) -> list[tuple[int, int]]:
    """Where a composite record names which glyph; nothing for a plain one."""
    if not record or struct.unpack_from(">h", record)[0] >= 0:
        return []
    found, at, more = [], 10, True
    while more:
        flags, glyph = struct.unpack_from(">HH", record, at)
        found.append((at + 2, glyph))
        at += _length(flags)
        more = bool(flags & _MORE)
    return found


def _length(flags: int) -> int:
    """How long a component with such flags is."""
    scales = sum(size for flag, size in _SCALES if flags & flag)
    return (8 if flags & _HAS_WORDS else 6) + scales


def _uninstructed(record: bytes) -> bytes:
    (contours,) = struct.unpack_from(">h", record)
    if contours >= 0:
        at = 10 + 2 * contours
        (length,) = struct.unpack_from(">H", record, at)
        return record[:at] + b"\0\0" + record[at + 2 + length :]
    bare, at, more = bytearray(record), 10, True
    while more:
        (flags,) = struct.unpack_from(">H", record, at)
        struct.pack_into(">H", bare, at, flags & ~_INSTRUCTIONS)
        at += _length(flags)
        more = bool(flags & _MORE)
    return bytes(bare[:at])


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """The tables as a TrueType file, with its sums."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    entries, body = b"", b""
    start = 12 + 16 * count
    head = 0
    for tag, data in sorted(tables.items()):
        if tag == b"head":
            head = start + len(body)
        entries += struct.pack(">4sLLL", tag, _sum(data), start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    search = (power * 16, power.bit_length() - 1, (count - power) * 16)
    made = bytearray(struct.pack(">LHHHH", 0x00010000, count, *search) + entries + body)
    struct.pack_into(">L", made, head + 8, (0xB1B0AFBA - _sum(bytes(made))) & 0xFFFFFFFF)
    return bytes(made)


@lru_cache(maxsize=4)
def face(weight: Weight) -> Face:
    """The font file of a weight, read at its first use."""
    return Face(weight)
