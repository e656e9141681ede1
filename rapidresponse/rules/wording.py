"""What our texts never say, and what a place in them never gives away."""

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_lowercase

from rapidresponse.rules.normalise import vocabulary

LONGEST_WHERE = 80

STREETS = vocabulary(
    "st street ave av avenue avenida rd road blvd boulevard bulevar dr drive ln lane ct court way "
    "pl place ter terrace cir circle pkwy parkway trl trail calle camino carrera"
)
# "Route 9", "exit 12", "mile 40": numbers that name no home.
ROADS = vocabulary(
    "route rte ruta highway hwy carretera autopista interstate freeway fwy exit salida mile milla "
    "km us sr state county loop gate terminal platform pier track line bus pr fm cr i"
)
BETWEEN = vocabulary("& / @ and at on near by off y con en cerca esquina exit freeway fwy hwy")
PIECE = re.compile(r"[&/@,]|[^\s&/@,]+")
NUMBER = re.compile(r"\d{1,6}[a-z]?(?:-\d{1,4})?")
UNIT = re.compile(
    r"#\s*\d|\b(?:apt|apartment|apto|apartamento|depto|departamento|unit|unidad|suite|ste"
    r"|interior)\b\.?\s*#?\s*(?:\d+[a-z]?|[a-z])\b"
    r"|\b(?:room|rm|cuarto|lot|lote|trailer|space|bldg|house|casa)\b\.?\s*#?\s*\d",
    re.IGNORECASE,
)
REACH = 4  # words between a house number and its street

CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑÜ]{3,}\b")
# Words to text back, and names that are written so.
KNOWN_CAPITALS = vocabulary(
    "STOP HELP YES JOIN START RIGHTS LANGUAGE ALTO AYUDA UNIRSE DERECHOS IDIOMA ENGLISH ESPANOL "
    "INICIAR REPORT REPORTE CHECK VERDAD PAUSE PAUSA RESUME REANUDAR STATUS ESTADO STAY SEGUIR "
    "SKIP SALTAR ICE CBP HSI DHS ZIP"
)
NEVER = re.compile(
    r"\b(?:(?<!don't )(?<!not )run|(?<!don't )(?<!not )flee|hide|escape|avoid|raids?"
    r"|safe(?:ly|r|ty)?|(?<!no )corran?|corre|(?<!no )huyan?|esc[oó]nd[ae]n?se|escapen?"
    r"|evit[ae]n?|redadas?|a salvo)\b",
    re.IGNORECASE,
)
PLATE = re.compile(
    r"\b(?:[A-Z]{3}-?\d{3,4}|\d[A-Z]{3}\d{3}|\d{3,4}-[A-Z]{3})\b|\b(?:plate|placa)s? \S*\d",
    re.ASCII,
)


def problems(text: str, *, known: Iterable[str] = ()) -> list[str]:
    """Say everything about a text that is not calm, or gives somebody away.

    `known` are names that may stand in capitals, such as the network's own.
    """
    shouted = [w for w in CAPITALS.findall(text) if w not in KNOWN_CAPITALS.union(known)]
    found = [f"Write {word} without capitals." for word in shouted]
    found += [f'Leave out "{word.group()}".' for word in NEVER.finditer(text)]
    if {"!", "¡"} & set(text):
        found.append("Leave out the exclamation mark.")
    if PLATE.search(text):
        found.append("Leave out the plate.")
    if UNIT.search(text) or _has_house(text):
        found.append("Leave out the house or unit number.")
    return found


def is_crossing(where: str) -> str | None:
    """Return what keeps a place from being a crossing or a landmark, or nothing."""
    if any(unicodedata.category(char).startswith("C") for char in where):
        return "Must not hold control characters."
    if not where.strip() or len(where) > LONGEST_WHERE:
        return f"Must be 1 to {LONGEST_WHERE} characters."
    where = unicodedata.normalize("NFKC", where)
    if UNIT.search(where) or _has_house(where) or _has_bare_house(where):
        return "Must be a crossing or a landmark, without a house or unit number."
    return None


def _has_house(text: str) -> bool:
    words = _pieces(text)
    return any(_is_house(words, at) for at in _numbers(words))


def _has_bare_house(where: str) -> bool:
    """Say whether a place reads like "123 Broadway": long numbers seldom begin a landmark."""
    words = _pieces(where)
    return any(
        len(words[at].strip(ascii_lowercase)) in {3, 4} and _leads_a_name(words[at + 1 :])
        for at in _numbers(words)
    )


def _pieces(text: str) -> list[str]:
    return [word.strip(".").casefold() for word in PIECE.findall(text)]


def _numbers(words: list[str]) -> list[int]:
    """Return where the numbers are that do not name a road or an exit."""
    return [
        at
        for at, word in enumerate(words)
        if NUMBER.fullmatch(word) and not ROADS.intersection(words[max(at - 1, 0) : at])
    ]


def _is_house(words: list[str], at: int) -> bool:
    """Say whether the number at this place counts houses along a street."""
    before, after = _until_break(words[:at][::-1]), _until_break(words[at + 1 :])
    if after:
        return _leads_a_name(after) and not STREETS.isdisjoint(after)
    return len(before) > 1 and not STREETS.isdisjoint(before)


def _leads_a_name(after: list[str]) -> bool:
    return bool(name := _until_break(after)) and name[0] not in STREETS


def _until_break(words: list[str]) -> list[str]:
    """Return the next few words of the same street."""
    end = next((at for at, word in enumerate(words) if word in BETWEEN or word == ","), len(words))
    return words[: min(end, REACH + 1)]
