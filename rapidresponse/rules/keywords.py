"""The words people text to us, and the language each belongs to.

Words are written as `normalise.hear` returns them: no accents, no capitals. Slips of the thumb
are understood for words of five letters and more; for shorter ones they are listed here.
"""

import re
from collections.abc import Iterable
from typing import Literal

from rapidresponse.rules.normalise import Tongue, is_slip, spoken, vocabulary

Reading = Literal["en", "es", "both"]

LONGEST_OPENING = 5
LONGEST_PLACE = 80
MOST_LANGUAGE_WORDS = 2
SHORTEST_GUESS = 5
ZIP_DIGITS = 5

# Words one slip away from ours that mean something else.
REAL = vocabulary(
    "lights nights fights sights tights ayudar ayudas subscribed inscribio "
    "deport deporte resort repost"
)

FILLERS = vocabulary(
    "please thanks thank you now again hi hello hola por favor porfavor gracias ya a de nuevo me"
)

GREETINGS = vocabulary(
    "please hi hey hello hola por favor porfavor buenos buenas dias tardes noches good morning"
)

YES = spoken(
    both="ok okay",
    en="yes y yeah yea yep yup yess ys sure correct",
    es="si s sii claro bueno dale simon correcto",
)
NO = spoken(both="no n", en="nope nah", es="nel negativo")
ANSWER_FILLERS = spoken(
    both="no",
    en="yes please thanks thank you it is that thats right correct i do want to",
    es="si por favor porfavor gracias claro quiero es eso asi esta bien correcto nada",
)

START = spoken(both="start unstop", es="iniciar")
HELP = spoken(
    both="info",
    en="help hepl hlp helpp information",
    es="ayuda ayda alluda hayuda ayudame auxilio informacion",
)

JOIN = spoken(
    en="join jion joing joinn subscribe signup alerts",
    es="unirse unirme unete unir hunirse suscribir suscribirme suscribirse inscribir inscribirme "
    "inscribirse apuntame apuntarme anotame agregame alta alertas empezar",
)
JOIN |= dict.fromkeys(
    (
        "sign up",
        "sign me up",
        "add me",
        "i want alerts",
        "i want to join",
        "i want to sign up",
        "i would like to join",
        "how do i join",
        "how can i join",
        "how do i sign up",
        "want to join",
    ),
    "en",
)
JOIN |= dict.fromkeys(
    (
        "quiero alertas",
        "quiero avisos",
        "quiero recibir alertas",
        "quiero recibir avisos",
        "quiero unirme",
        "quiero inscribirme",
        "quiero suscribirme",
        "me quiero unir",
        "me quiero inscribir",
        "como me uno",
        "como me inscribo",
    ),
    "es",
)
# These begin other sentences too: "alerta en la Central", "alta tension".
JOIN_ALONE = vocabulary("alerts alertas alta unir empezar")
BEFORE_PLACE = vocabulary(
    "zip code codigo postal area zona to for in a al en para the near cerca my mi is es alerts "
    "alertas avisos por favor porfavor please from me"
)
AFTER_PLACE = vocabulary(
    "zip code please thanks thank you por favor porfavor gracias alerts alertas english ingles "
    "spanish espanol"
)
ZIP_FILLERS = vocabulary(
    "zip code codigo postal area zona my mi is es the el i live in vivo en ahora now moved to me "
    "mude a cambiar change new nuevo please por favor porfavor thanks gracias"
)

LANGUAGE = spoken(en="language languaje lang", es="idioma idoma lenguaje")
CODES: dict[str, Reading] = {"en": "en", "es": "es"}
LANGUAGES: dict[str, Reading] = {
    "english": "en",
    "ingles": "en",
    "eng": "en",
    "spanish": "es",
    "espanol": "es",
    "espaniol": "es",
    "espnol": "es",
    "castellano": "es",
    "both": "both",
    "ambos": "both",
    "bilingual": "both",
    "bilingue": "both",
}
OPPOSITE: dict[Reading | None, Reading] = {"en": "es", "es": "en"}
NOT = vocabulary("no not dont cant cannot")
LANGUAGE_FILLERS = NOT | vocabulary(
    "in en only solo solamente please por favor porfavor i yo speak understand read know hablo "
    "habla hablan entiendo leo se quiero want prefer prefiero need necesito mensajes messages "
    "texts alerts alertas to a switch change cambiar send me mande manden the do you text write "
    "todo all thanks gracias hi hola"
)

RIGHTS = spoken(en="rights rigths rites kyr right", es="derechos drechos derecho")
SURE_RIGHTS = vocabulary("rights rigths kyr derechos drechos")
RIGHTS_FILLERS = vocabulary(
    "my what are the know your mis cuales son que cual conozca conoce sus tus los send me please "
    "i need want have do about hi hola quiero saber ver tengo si en at in when if mi la el"
)
SITUATIONS = {
    word: situation
    for situation, words in {
        "home": "home house door casa puerta hogar",
        "street": "street calle walking caminando",
        "car": "car driving carro coche auto troca traffic manejando",
        "work": "work job workplace trabajo jale",
        "court": "court checkin corte cita tribunal",
        "detained": "detained arrested detention detenido detenida detencion detienen arrestado",
        "witness": "witness testigo recording grabar",
        "school": "school escuela",
        "family": "family familia kids hijos",
        "find": "find locate buscar encontrar",
    }.items()
    for word in vocabulary(words)
}
HOME_QUESTIONS: dict[str, Tongue] = {
    "do i have to open": "en",
    "what do i do if they come": "en",
    "tengo que abrir": "es",
    "que hago si vienen": "es",
    "puedo hacer si vienen": "es",
}

CHECK = spoken(en="check", es="verdad cierto verificar") | {
    **dict.fromkeys(("is it true", "is it real", "is this true", "is this real", "true"), "en"),
    **dict.fromkeys(("es verdad", "es cierto", "sera verdad", "sera cierto"), "es"),
}
CHECK_IN = frozenset(
    (word,)
    for word in vocabulary(
        "my his her your with at on tomorrow today monday appointment office this that out up if"
    )
)
BEFORE_CHECKED = vocabulary(
    "that they there theres is are was were has have been ice immigration agents police a an any "
    "raid raids checkpoint happening going around by que hay esta estan anda andan ahi la el los "
    "las un una migra inmigracion agentes redada redadas reten retenes por de cerca con"
)
WHATEVER = vocabulary("now today right ahora ahorita hoy")
MOVED: dict[str, Tongue | None] = {
    "zip": None,
    **dict.fromkeys(
        (
            "zip code",
            "new zip",
            "my new zip",
            "change zip",
            "change my zip",
            "change my zip code",
            "i moved to",
            "i moved",
            "we moved to",
            "moved to",
        ),
        "en",
    ),
    **dict.fromkeys(
        (
            "nuevo zip",
            "mi nuevo zip",
            "mi zip",
            "cambiar zip",
            "cambiar mi zip",
            "cambia mi zip",
            "cambien mi zip",
            "cambio de zip",
            "cambiar mi codigo postal",
            "me mude a",
            "me mude para",
            "me mude",
            "nos mudamos a",
            "ahora vivo en",
        ),
        "es",
    ),
}
PAUSE = spoken(en="pause", es="pausa pausar pausen pausame")
PAUSE_FILLERS = FILLERS | vocabulary("for por the my mis los las alerts alertas texts avisos all")
PAUSE_FILLERS |= vocabulary("messages mensajes un una an next durante")
SPANS = {
    **dict.fromkeys(vocabulary("d day days dia dias"), 1),
    **dict.fromkeys(vocabulary("week weeks semana semanas"), 7),
    **dict.fromkeys(vocabulary("month months mes meses"), 30),
}
RESUME = spoken(en="resume unpause continue", es="reanudar reanuda continuar despausar")
STATUS = spoken(en="status", es="estado estatus")
STAY = spoken(en="stay keep", es="seguir quedarme quedar")
STAY_FILLERS = vocabulary("i want to id like would yes si quiero it them")
SKIP = spoken(en="skip idk", es="saltar pasar nose") | {
    **dict.fromkeys(("i dont know", "dont know", "i do not know", "not sure"), "en"),
    **dict.fromkeys(("no se", "no lo se", "no sabria"), "es"),
}
FORGET = spoken(en="forget", es="borrar borrarme") | {"forget me": "en"}
FORGETTING: dict[Tongue, re.Pattern[str]] = {
    "en": re.compile(r"^(?:delete|erase|forget) (?:all )?(?:of )?my data$"),
    "es": re.compile(r"^(?:borr|elimin)(?:a|e|en|ar) (?:todos )?mis datos$"),
}
REPORT = spoken(en="report", es="reporte reportar reporto aviso avisar")
SEEN = spoken(en="ice raid", es="migra lamigra redada reten")
REPORT_OPENINGS = GREETINGS | vocabulary("i want need would like to id quiero necesito")


def slipped(typed: str, known: Iterable[str]) -> str:
    """Return the known word that was meant, or nothing."""
    if typed in known or len(typed) < SHORTEST_GUESS or typed in REAL:
        return typed if typed in known else ""
    likely = (word for word in known if len(word) >= SHORTEST_GUESS and is_slip(typed, word))
    return next(likely, "")


def is_zip(word: str) -> bool:
    """Say whether a word has the shape of a ZIP code."""
    return len(word) == ZIP_DIGITS and word.isdecimal()
