"""What people tell us though we never want to know it: taken out before anything is kept."""

import re

from rapidresponse.rules.normalise import vocabulary

MARK = "___"
KIN = (
    r"esposo|esposa|hermano|hermana|hijo|hija|papa|mama|padre|madre|tio|tia|primo|prima|vecino"
    r"|vecina|husband|wife|brother|sister|son|daughter|father|mother|dad|mom|uncle|aunt|cousin"
    r"|neighbor|friend|amigo|amiga"
)
# What a number counts, or what joins it to another street: such a number is no house.
NO_STREET = (
    r"(?:y|and|con|at|on|en|de|agent\w*|officer\w*|oficial\w*|guys|men|people|hombres|carros?|cars?"
    r"|vans?|trucks?|camioneta\w*|min\w*|hour\w*|hora\w*|am|pm)\b"
)
FIRST = (
    r"juan|jose|maria|luis|carlos|jorge|pedro|miguel|rosa|ana|carmen|guadalupe|lupe|francisco|manuel"
    r"|antonio|jesus|alejandro|roberto|fernando|ricardo|javier|sofia|lucia|elena|marta|martha|teresa"
    r"|john|james|robert|michael|david|mary|susan|daniel|mario|oscar|victor|raul|sergio|diego|pablo"
)
CAPITAL = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+"
NAME = rf"(?:{CAPITAL})(?:\s+(?:de\s+la\s+|de\s+)?{CAPITAL}){{0,3}}"

# Each is taken out whole, or from its first group on.
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a_number",
        re.compile(
            r"\bA\s*(?:#|-|num\w*|n[uú]mero|number|no\.?)*[\s#:.-]*(?:(?:es|is)\s*)?"
            r"\d(?:[ .-]?\d){6,8}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "a_number",
        re.compile(r"\b(?:alien|uscis|extranjero)\D{0,20}\d(?:[ .-]?\d){6,8}\b", re.IGNORECASE),
    ),
    (
        "ssn",
        re.compile(
            r"\b\d{3}[- .]\d{2}[- .]\d{4}\b|\b(?:ssn|social|seguro)\D{0,20}\d(?:[ .-]?\d){8}\b",
            re.IGNORECASE,
        ),
    ),
    ("phone", re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]?\d{4}(?!\d)")),
    ("number", re.compile(r"\b\d{9,}\b")),
    (
        "status",
        re.compile(
            r"\b(?:sin papeles|no (?:tengo|tiene|tienen|tenemos) papeles|indocumentad\w+"
            r"|undocumented|illegals?|ilegal\w*|overstay\w*|daca|dreamer|asylum seeker|mojad\w+"
            r"|(?:my|his|her|mi|su) (?:visa|green card|residencia)|no papers|without papers"
            r"|permanent resident|residente(?: permanente)?|ciudadan[oa]|citizen(?:ship)?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "name",
        re.compile(
            rf"\b(?i:me llamo|mi nombre es|my name is|i am called|se llama|se llaman|his name is"
            rf"|her name is|name of|llamad[oa]|named)\s+((?:{NAME})|(?:\w+(?:\s+\w+)?))"
        ),
    ),
    (
        "name",
        re.compile(rf"\b(?i:{KIN}|llevaron a|took|soy|i am|i'm|señora?|mr|mrs|ms)\.?\s+({NAME})"),
    ),
    ("name", re.compile(rf"\b(?i:{KIN})\s+((?i:{FIRST})\b(?:\s+(?!(?:en|at|on|y|and)\b)\w+)?)")),
    (
        "house",
        re.compile(
            r"\b(?:apt|apartment|apto|apartamento|depto|unit|suite|trailer|#)\.?\s*#?\s*\d+[a-z]?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "house",
        re.compile(
            rf"(?<!\d)(\d{{2,6}}[a-z]?(?:-\d+)?)\s+(?=(?:[NSEW]\.?\s+)?(?:(?!{NO_STREET})[A-Za-zÁ-ú'.]+\s+){{0,3}}?"
            r"(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|ct|court|way|pl|place"
            r"|ter|cir|pkwy|calle|avenida)\b)",
            re.IGNORECASE,
        ),
    ),
)
# What only looks like a name after "took" or "I am".
NOT_NAMES = vocabulary("ICE HSI CBP There They The Central Ave Street Police Agents Here Two")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without what we never keep, and the kinds of what was taken out."""
    kinds: list[str] = []
    for kind, pattern in RULES:

        def hide(found: re.Match[str], kind: str = kind) -> str:
            return _hide(found, kind, kinds)

        text = pattern.sub(hide, text)
    return text, tuple(dict.fromkeys(kinds))


def _hide(found: re.Match[str], kind: str, kinds: list[str]) -> str:
    whole = found.group()
    told = found.group(1) if found.re.groups else whole
    if kind == "name" and (not told or told.split()[0] in NOT_NAMES):
        return whole
    kinds.append(kind)
    start = found.start(1) - found.start() if found.re.groups else 0
    return whole[:start] + ("" if kind == "house" else MARK) + whole[start + len(told) :]
