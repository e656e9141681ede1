"""Regions as they were drawn: of alerts, and those that admins named."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, UtcDateTime


class AlertRegion(Base):
    """The ZIP codes an alert speaks to, frozen with it; `alerts` has the version of the places."""

    __tablename__ = "alert_regions"

    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    zips: Mapped[list[Any]] = mapped_column(sa.JSON)  # [ZIP, ring], nearest first


class AlertArea(Base):
    """An area that shares a ZIP with an alert's region, in the order in which people are texted."""

    __tablename__ = "alert_areas"
    __table_args__ = ({"sqlite_with_rowid": False},)

    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("alerts.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)  # 1 is nearest
    ring: Mapped[int] = mapped_column(sa.SmallInteger)
    area: Mapped[str] = mapped_column(sa.String(90))


class NamedRegion(Base):
    """A region that an admin drew and named, kept as the ZIP codes it was made of."""

    __tablename__ = "named_regions"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    label: Mapped[str] = mapped_column(sa.String(40))
    timezone: Mapped[str] = mapped_column(sa.String(40))
    zips: Mapped[list[Any]] = mapped_column(sa.JSON)  # [ZIP, ring], nearest first
    places_version: Mapped[str] = mapped_column(sa.String(20))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
