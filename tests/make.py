"""People made directly, for tests that are not about how they came to be."""

from rapidresponse.actions import subscribers

ZIP = "28205"


def subscriber(network, phone, *, zip_code=ZIP, language="en"):
    """A confirmed subscriber with this phone; return its id."""
    with network.wiring.work() as work:
        person = subscribers.ask(work, phone, "join", area=f"zip:{zip_code}", language=language)
        subscribers.confirm(work, person, language=language, wording="made for a test")
        return person.id
