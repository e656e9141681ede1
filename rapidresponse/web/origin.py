"""Whether a form was sent from our own pages, or from somebody else's."""

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden

from rapidresponse.web import door

READS = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})


def refuse_others() -> None:
    """Refuse a request that another site had the browser send.

    A browser says so itself. What is no browser says nothing, and holds no visitor's
    trust that could be abused.
    """
    if request.method in READS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        fine = site in OURS
    else:
        fine = origin is None or _host(origin) in {request.host, _host(_public())}
    if not fine:
        raise Forbidden


def _public() -> str:
    return door.wiring().config.public_url


def _host(url: str) -> str:
    return urlsplit(url).netloc
