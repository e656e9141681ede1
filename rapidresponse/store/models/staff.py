"""The people who run the network: dispatchers, admins, responders."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment


class Staff(Base):
    """Someone who works at the desk or on the street, under the name they chose for it."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40), unique=True)
    role: Mapped[str] = mapped_column(sa.String(10))  # admin, dispatcher, responder
    language: Mapped[str] = mapped_column(sa.String(4))
    phone: Mapped[bytes | None] = mapped_column(sa.LargeBinary(64))
    phone_index: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    on_duty_until: Mapped[float | None] = mapped_column(Moment)  # on shift till then
    added_at: Mapped[float] = mapped_column(Moment)
