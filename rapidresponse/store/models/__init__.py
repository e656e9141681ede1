"""The tables, by noun. `Base.metadata` knows them all once this is imported."""

from rapidresponse.store.models.alerts import Alert, AlertText, Expansion
from rapidresponse.store.models.base import Base
from rapidresponse.store.models.deliveries import Alarm, Batch, Count, Delivery, Double, Sender
from rapidresponse.store.models.incidents import Incident, IncidentEntry, Photo, Sighting
from rapidresponse.store.models.notices import Mailing, Notice
from rapidresponse.store.models.partners import HookEvent, Partner, Report
from rapidresponse.store.models.regions import AlertArea, AlertRegion, NamedRegion
from rapidresponse.store.models.staff import Staff
from rapidresponse.store.models.subscribers import Area, Followers, OptOut, Subscriber, TextIn
from rapidresponse.store.models.threads import Reputation, Spending, Thread, ThreadText

__all__ = [
    "Alarm",
    "Alert",
    "AlertArea",
    "AlertRegion",
    "AlertText",
    "Area",
    "Base",
    "Batch",
    "Count",
    "Delivery",
    "Double",
    "Expansion",
    "Followers",
    "HookEvent",
    "Incident",
    "IncidentEntry",
    "Mailing",
    "NamedRegion",
    "Notice",
    "OptOut",
    "Partner",
    "Photo",
    "Report",
    "Reputation",
    "Sender",
    "Sighting",
    "Spending",
    "Staff",
    "Subscriber",
    "TextIn",
    "Thread",
    "ThreadText",
]
