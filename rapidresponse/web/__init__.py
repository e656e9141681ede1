"""The front door: partners, the carrier, and people with a browser."""

import sys

from flask import Flask
from jinja2 import StrictUndefined

from rapidresponse import logs
from rapidresponse.config import Config
from rapidresponse.web import errors, health
from rapidresponse.web.desk import places
from rapidresponse.web.hooks import reports, texts
from rapidresponse.web.hooks.receipts import ReceiptDoor
from rapidresponse.web.sim import phones
from rapidresponse.wiring import Wiring, wire

MOST_BYTES = 64 * 1024
# How long one thread may hold Python before another has its turn: a burst of receipts, each of
# which is short, must not hold up a partner's report or a person's text. Python's own is 5 ms.
SWITCH_SECONDS = 0.0005


def create_app(wiring: Wiring | None = None) -> Flask:
    """Build the web application; with no parts given, from the environment."""
    if wiring is None:  # in a process of our own
        logs.begin()
        sys.setswitchinterval(SWITCH_SECONDS)
        wiring = wire(Config.from_env())
    app = Flask(__name__)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.config.update(SECRET_KEY=wiring.config.secret, MAX_CONTENT_LENGTH=MOST_BYTES + 1)
    app.extensions["wiring"] = wiring
    for blueprint in (health.bp, reports.bp, texts.bp):
        app.register_blueprint(blueprint)
    if not wiring.config.live:
        app.register_blueprint(phones.front)
        app.register_blueprint(phones.bp)
        app.register_blueprint(places.bp)
    errors.register(app)
    app.after_request(errors.harden)
    door = ReceiptDoor(app.wsgi_app, wiring)
    app.wsgi_app = door  # type: ignore[method-assign]  # Flask's own way of wrapping
    return app
