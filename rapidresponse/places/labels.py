"""Short names of places, for the start of a text message."""

import unicodedata

from rapidresponse.places.facts import County, Place

# A label this long leaves room for the news.
ROOM = 24
# The accented letters that every phone network carries; any other turns a text into two.
CARRIED = set("éèùìòàñüöäåÉÑÜÖÄÅÇ")

_SHORTER = {
    "North": "N",
    "South": "S",
    "East": "E",
    "West": "W",
    "Saint": "St",
    "Fort": "Ft",
    "Mount": "Mt",
    "Heights": "Hts",
    "Springs": "Spgs",
    "Village": "Vlg",
    "Township": "Twp",
    "Mountain": "Mtn",
    "Junction": "Jct",
    "Island": "Isl",
    "Beach": "Bch",
    "Park": "Pk",
    "Center": "Ctr",
    "Lake": "Lk",
}
_KINDS_OF_COUNTY = {
    " City and Borough": " Boro.",
    " Planning Region": "",
    " Census Area": "",
    " Municipality": "",
    " Municipio": "",
    " Borough": " Boro.",
    " County": " Co.",
    " Parish": " Par.",
}


def of_zip(place: Place) -> str:
    """Return the label of a ZIP: Charlotte 28205."""
    label = f"{shorter(place.city, ROOM - 6)} {place.zip}"
    return label if len(label) <= ROOM else f"ZIP {place.zip}"


def of_city(name: str, state: str) -> str:
    """Return the label of a city: Charlotte NC."""
    return f"{shorter(name, ROOM - 3)} {state}"


def of_county(county: County) -> str:
    """Return the label of a county: Mecklenburg County NC."""
    name = plain(county.name)
    room = ROOM - 3
    for ending, short in _KINDS_OF_COUNTY.items():
        if len(name) > room and name.endswith(ending):
            name = name.removesuffix(ending) + short
    return f"{shorter(name, room)} {county.state}"


def plain(name: str) -> str:
    """Keep the accents that every network carries, and drop the rest."""
    return "".join(c if c.isascii() or c in CARRIED else _bare(c) for c in name)


def shorter(name: str, room: int) -> str:
    """Shorten common words, one after another, until a name fits; never cut a word."""
    words = plain(name).split()
    for at, word in enumerate(words):
        if len(" ".join(words)) > room:
            words[at] = _SHORTER.get(word, word)
    return " ".join(words)


def _bare(letter: str) -> str:
    """Return a letter without its accent, or nothing."""
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if c.isascii())
