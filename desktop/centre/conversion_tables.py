"""The centre's table of the steps by which a کارگزاری becomes a پیشخوان."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant


class ConversionStepRow(Base):
    """A step as one person signed it, for ever; a later one of the same kind stands in its place.

    `text` is the step (`domain.conversion.StepDone`), canonical JSON; `key` the public half.
    """

    __tablename__ = "conversion_step"
    office_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    signature: Mapped[str] = mapped_column(String(128))
    told_at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = ({"info": APPEND_ONLY},)
