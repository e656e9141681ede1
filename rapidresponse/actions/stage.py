"""What the practice page looks up: its partner, the last report, the latest alert."""

import sqlalchemy as sa

from rapidresponse.actions import partners
from rapidresponse.errors import NotFound
from rapidresponse.rules.cast import PARTNER
from rapidresponse.store.models import Alert, Partner, Report
from rapidresponse.work import Work


def partner(work: Work) -> tuple[int, str]:
    """Return the practice partner's id and secret; it is added on first use."""
    try:
        return partners.secret_of(work, PARTNER)
    except NotFound:
        return partners.add(work, PARTNER, trust=partners.PUBLISH)


def last_report(work: Work) -> Report | None:
    """Return what the practice partner reported last."""
    return work.session.scalar(
        sa.select(Report)
        .join(Partner, Partner.id == Report.partner_id)
        .where(Partner.name == PARTNER)
        .order_by(Report.id.desc())
        .limit(1)
    )


def latest_alert(work: Work) -> int | None:
    """Return the id of the alert that was taken last."""
    return work.session.scalar(sa.select(sa.func.max(Alert.id)))
