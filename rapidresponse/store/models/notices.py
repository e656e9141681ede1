"""Texts to one person that are no alert: an outcome, a question, a call to whoever is on duty."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rapidresponse.store.models.base import Base, Moment


class Mailing(Base):
    """Notices that leave together; one job sends them."""

    __tablename__ = "mailings"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(12))  # outcome, question, page, …
    incident_id: Mapped[int | None] = mapped_column(sa.ForeignKey("incidents.id"), index=True)
    alert_id: Mapped[int | None] = mapped_column(sa.ForeignKey("alerts.id"), index=True)
    at: Mapped[float] = mapped_column(Moment)
    not_before: Mapped[float] = mapped_column(Moment, server_default="0")
    queued_at: Mapped[float] = mapped_column(Moment, server_default="0")
    state: Mapped[str] = mapped_column(sa.String(9), server_default="open", index=True)


class Notice(Base):
    """One text of a mailing to one phone. Number and words are gone once it is over."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    mailing_id: Mapped[int] = mapped_column(sa.ForeignKey("mailings.id"))
    seq: Mapped[int] = mapped_column(sa.SmallInteger)
    thread_id: Mapped[int | None] = mapped_column(
        sa.BigInteger, sa.ForeignKey("threads.id", ondelete="CASCADE"), index=True
    )
    staff_id: Mapped[int | None] = mapped_column(sa.ForeignKey("staff.id"), index=True)
    phone: Mapped[bytes | None] = mapped_column(sa.LargeBinary(64))
    body: Mapped[bytes | None] = mapped_column(sa.LargeBinary(8192))
    segments: Mapped[int] = mapped_column(sa.SmallInteger)
    state: Mapped[str] = mapped_column(sa.String(11), index=True)
    attempt: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    standing: Mapped[int] = mapped_column(sa.SmallInteger, server_default="0")
    since: Mapped[float] = mapped_column(Moment)
    not_before: Mapped[float] = mapped_column(Moment, server_default="0")
    sid: Mapped[str | None] = mapped_column(sa.String(34))
    code: Mapped[int | None]

    __table_args__ = (sa.UniqueConstraint("mailing_id", "seq"),)
