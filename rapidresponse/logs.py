"""How we log: one line, when, where and what; things by id, and never people."""

import logging


def begin() -> None:
    """Log warnings plainly. Libraries that print values are kept quiet."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    logging.getLogger("rapidresponse").setLevel(logging.INFO)
    logging.getLogger("workers").setLevel(logging.INFO)
    logging.getLogger("sqlalchemy").setLevel(logging.CRITICAL)
    logging.getLogger("rq").setLevel(logging.ERROR)
