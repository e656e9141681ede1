"""A practice carrier: Twilio's Messages API on this machine, for demos, drills and tests."""

from rapidresponse.sms.practice.faults import Faults
from rapidresponse.sms.practice.server import run, serve
from rapidresponse.sms.practice.settings import Knobs, Settings

__all__ = ["Faults", "Knobs", "Settings", "run", "serve"]
