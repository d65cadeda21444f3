"""Who signs a paper to the offices, from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from desktop.domain.city import City
from desktop.domain.signer import Signed, Signer
from desktop.forms.dated.base import LONGEST, SOUND, TOO_LONG, Dated, Faulty, Services


class DatedSigner(Dated):
    """The signer of one paper, and who signs in his place."""

    paper: Signed
    title: str
    name: str = ""
    deputy: str = ""
    acting: bool = False

    @property
    def faulty(self) -> Faulty:
        """A title is always said, nobody stands in for himself, and who signs has a name."""
        if not self.title.strip():
            return "title", "سمت امضاکننده را بنویسید."
        if self.name and self.name == self.deputy:
            return "deputy", "کسی جانشین خودش نمی‌شود؛ نام دیگری بنویسید."
        if self.acting and not self.deputy.strip():
            return "deputy", "نام جانشینی را که امضا می‌کند بنویسید."
        parts = {"title": self.title, "name": self.name, "deputy": self.deputy}
        long = (part for part, text in parts.items() if len(text) > LONGEST)
        return next(((part, TOO_LONG) for part in long), SOUND)

    @property
    def about(self) -> str:
        """The paper."""
        return self.paper.value

    @property
    def words(self) -> str:
        """«علی نوری، مدیر هماهنگی …، جانشین …»; of a deputy who acts that he signs."""
        deputy = f"جانشین {self.deputy}" if self.deputy else ""
        deputy += "، که امضا می‌کند" if self.acting else ""
        return "، ".join(part for part in (self.name, self.title, deputy) if part)

    def named(self, services: Services) -> str:
        """«امضاکنندهٔ نامهٔ واگذاری خدمت»."""
        return f"امضاکنندهٔ {self.paper.word}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """Of each paper."""
        for paper in Signed:
            signer = city.signer(paper)
            yield cls(paper=paper, since=since, **vars(signer))

    def put(self, city: City) -> City:
        """The city with this signer."""
        signer = Signer(self.title, self.name, self.deputy, self.acting)
        return replace(city, signers={**city.signers, self.paper: signer})
