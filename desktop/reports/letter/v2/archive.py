"""What makes a letter's file one for archives (PDF/A-3b, ISO 19005-3): what it is, its colours, and
nothing that a page shows in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from desktop.settings import resources

_CREATOR = "pishkhan-yazd"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>fa-IR</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Filed:
    """By whom a file is, what about, and of which day."""

    author: str
    subject: str
    day: date


def archival(canvas: Any, title: str, filed: Filed) -> None:
    """Make the document of the canvas one for archives."""
    canvas.setAuthor(filed.author)
    canvas.setSubject(filed.subject)
    canvas.setCreator(_CREATOR)
    document = canvas._doc
    # No hour is known, and none of the machine's may stand in it: the same bytes on every desk.
    document._timeStamp.YMDhms = (filed.day.year, filed.day.month, filed.day.day, 0, 0, 0)
    catalog = document.Catalog
    packet = _PACKET.format(
        title=escape(title),
        author=escape(filed.author),
        subject=escape(filed.subject),
        moment=f"{filed.day.isoformat()}T00:00:00+00:00",
        creator=_CREATOR,
        producer=escape(document.info.producer),
    )
    catalog.Metadata = document.Reference(
        _stream(packet.encode(), Type="Metadata", Subtype="XML"), "letter-metadata"
    )
    profile = _stream(_srgb())
    profile.dictionary["N"] = 3
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB"),
            "DestOutputProfile": document.Reference(profile, "letter-colours"),
        }
    )
    catalog.OutputIntents = pdfdoc.PDFArray([intent])
    for page in document.Pages.pages:
        # Else it tells how a page comes after another on a screen, even where it says nothing.
        page.Trans = None
    # The library writes what it knows of: a catalogue of an archive has more.
    more = ("OutputIntents", "AF")
    catalog.__NoDefault__ = [*catalog.__NoDefault__, *more]
    catalog.__Refs__ = [each for each in catalog.__NoDefault__ if each not in more]


def _stream(content: bytes, **names: str) -> Any:
    stream = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({key: pdfdoc.PDFName(name) for key, name in names.items()}), content
    )
    stream.filters = []
    return stream


@cache
def _srgb() -> bytes:
    return (resources() / "art" / "srgb.icc").read_bytes()
