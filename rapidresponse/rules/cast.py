"""The people of the demo. None of them exists, and their numbers are kept for fiction."""

from dataclasses import dataclass, field

HOME_ZIP = "28205"
PARTNER = "Practice partner"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone of the demo: who holds it, and what they might text."""

    key: str
    holder: str
    number: str = field(repr=False)
    language: str
    chips: tuple[str, ...]


PHONES = (
    Phone(
        "lupe",
        "Lupe",
        "+17045550190",
        "es",
        (
            f"UNIRSE {HOME_ZIP}",
            "SI",
            "MIGRA en la 14 y Willow, 4 agentes",
            "DERECHOS CASA",
            "AYUDA",
            "ESTADO",
            "ALTO",
        ),
    ),
    Phone(
        "sam",
        "Sam",
        "+17045550191",
        "en",
        (
            f"JOIN {HOME_ZIP}",
            "YES",
            "4 guys, ICE vests, 14th & Willow",
            f"CHECK {HOME_ZIP}",
            "HELP",
            "STOP",
        ),
    ),
    Phone("marta", "Marta", "+17045550192", "both", (HOME_ZIP, "YES", "DERECHOS", "STOP")),
)
BY_KEY = {phone.key: phone for phone in PHONES}
