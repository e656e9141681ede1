"""The tables, by noun. `Base.metadata` knows them all once this is imported."""

from rapidresponse.store.models.alerts import Alert, AlertText, AlertZip, Expansion
from rapidresponse.store.models.base import Base
from rapidresponse.store.models.deliveries import Alarm, Batch, Count, Delivery, Double, Sender
from rapidresponse.store.models.partners import HookEvent, Partner, Report
from rapidresponse.store.models.subscribers import Area, OptOut, Subscriber, TextIn

__all__ = [
    "Alarm",
    "Alert",
    "AlertText",
    "AlertZip",
    "Area",
    "Base",
    "Batch",
    "Count",
    "Delivery",
    "Double",
    "Expansion",
    "HookEvent",
    "OptOut",
    "Partner",
    "Report",
    "Sender",
    "Subscriber",
    "TextIn",
]
