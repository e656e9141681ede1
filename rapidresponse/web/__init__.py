"""The front door: partners, the carrier, and people with a browser."""

import logging

from flask import Flask
from jinja2 import StrictUndefined

from rapidresponse.config import Config
from rapidresponse.web import errors, health
from rapidresponse.web.hooks import reports, texts
from rapidresponse.web.hooks.receipts import ReceiptDoor
from rapidresponse.web.sim import phones
from rapidresponse.wiring import Wiring, wire

MOST_BYTES = 64 * 1024


def create_app(wiring: Wiring | None = None) -> Flask:
    """Build the web application; with no parts given, from the environment."""
    wiring = wiring or wire(Config.from_env())
    app = Flask(__name__)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.config.update(SECRET_KEY=wiring.config.secret, MAX_CONTENT_LENGTH=MOST_BYTES + 1)
    app.extensions["wiring"] = wiring
    app.logger.setLevel(logging.CRITICAL)  # Flask's own log prints what an exception says
    for blueprint in (health.bp, reports.bp, texts.bp):
        app.register_blueprint(blueprint)
    if not wiring.config.live:
        app.register_blueprint(phones.front)
        app.register_blueprint(phones.bp)
    errors.register(app)
    app.after_request(errors.harden)
    door = ReceiptDoor(app.wsgi_app, wiring)
    app.wsgi_app = door  # type: ignore[method-assign]  # Flask's own way of wrapping
    return app
