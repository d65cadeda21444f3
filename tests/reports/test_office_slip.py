"""برگهٔ نشانی: read on the way, so as large as one sheet holds it."""

from __future__ import annotations

import pytest

from desktop.domain.nearest_words import papers_words
from desktop.domain.papers import OfficeSlip
from desktop.reports import office_slip
from desktop.reports.office_slip import draw
from tests.reports.reading import pages, text_of
from tests.reports.samples import words
from tests.shipped import BY_SERVICE, SHIPPED


def slip(bring: tuple[str, ...], opens: str = "") -> OfficeSlip:
    return OfficeSlip(
        head=words().head,
        service="گواهی عدم خلاف",
        office="دفتر پیشخوان ۲۱، نعیم‌آباد",
        address="بلوار آیت‌الله طالقانی، نبش کوچهٔ شهید زارع، پلاک ۱۴۰",
        phone="۰۳۵ ۳۷۲۵ ۰۰۲۱",
        opens=opens,
        hours="شنبه تا چهارشنبه ۷:۳۰ تا ۲۰:۰۰، پنجشنبه ۷:۳۰ تا ۱۳:۰۰",
        unusual=("پنجشنبه ۵ آذر ۱۴۰۵: بسته",),
        distance="۳۴۰ متر",
        step_free=True,
        bring=bring,
        told="۱۴۰۵/۰۹/۰۳، ۱۰:۴۲",
        sample=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("service", BY_SERVICE)
def test_every_services_slip_is_one_sheet_with_all_its_papers(service: str) -> None:
    bring = papers_words(SHIPPED[service])
    pdf = draw(slip(tuple(bring), "چهارشنبه ۴ آذر ۱۴۰۵، از ۷:۳۰"))
    assert pages(pdf) == 1
    text = " ".join(text_of(pdf))
    assert "باز می‌شود چهارشنبه" in text
    for line in bring:
        assert line.split(":")[0].split("،")[0].split("؛")[0].rstrip(".") in text


def test_it_is_as_large_as_one_sheet_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    laid_out = office_slip._laid_out

    def told(slip: OfficeSlip, body: float) -> object:
        sizes.append(body)
        return laid_out(slip, body)

    monkeypatch.setattr(office_slip, "_laid_out", told)
    draw(slip(("سند مالکیت و کارت ملی متقاضی.",)))
    assert sizes == [12.5]
    assert pages(draw(slip(("سند مالکیت.",) * 8))) == 1
    assert sizes[1:] == [12.5, 11.0]
    assert pages(draw(slip(("سند مالکیت.",) * 90))) > 1
