"""The words in which people tell what they see, in English and in Spanish.

Words are written as `normalise.hear` returns them: no accents, no capitals.
"""

from rapidresponse.rules.normalise import vocabulary

NUMBERS = {
    **dict.fromkeys(vocabulary("one un una uno a an"), 1),
    **dict.fromkeys(vocabulary("two dos couple par pair"), 2),
    **dict.fromkeys(vocabulary("three tres few"), 3),
    **dict.fromkeys(vocabulary("four cuatro"), 4),
    **dict.fromkeys(vocabulary("five cinco several varios varias"), 5),
    **dict.fromkeys(vocabulary("six seis"), 6),
    **dict.fromkeys(vocabulary("seven siete"), 7),
    **dict.fromkeys(vocabulary("eight ocho"), 8),
    **dict.fromkeys(vocabulary("nine nueve"), 9),
    **dict.fromkeys(vocabulary("ten diez"), 10),
    **dict.fromkeys(vocabulary("dozen docena twelve doce"), 12),
    **dict.fromkeys(vocabulary("twenty veinte"), 20),
}
ORDINALS = {
    **dict.fromkeys(vocabulary("first primera primero"), "1"),
    **dict.fromkeys(vocabulary("second segunda segundo"), "2"),
    **dict.fromkeys(vocabulary("third tercera tercero tercer"), "3"),
    **dict.fromkeys(vocabulary("fourth cuarta cuarto"), "4"),
    **dict.fromkeys(vocabulary("fifth quinta quinto"), "5"),
    **dict.fromkeys(vocabulary("sixth sexta sexto"), "6"),
    **dict.fromkeys(vocabulary("seventh septima septimo"), "7"),
    **dict.fromkeys(vocabulary("eighth octava octavo"), "8"),
    **dict.fromkeys(vocabulary("ninth novena noveno"), "9"),
    **dict.fromkeys(vocabulary("tenth decima decimo"), "10"),
    "catorce": "14",
    "fourteenth": "14",
}
AGENTS = vocabulary(
    "agent agents agente agentes officer officers oficial oficiales guy guys men man hombres "
    "hombre people personas tipos feds federales ice migra them dudes cops policias"
)
VEHICLES = vocabulary(
    "car cars van vans truck trucks suv suvs vehicle vehicles carro carros camioneta camionetas "
    "troca trocas auto autos coche coches vehiculo vehiculos bus buses"
)
BETWEEN_COUNT = vocabulary(
    "or o about like as como de of white black blancas blancos blanca negra negras negro negros "
    "unmarked ice armed armados federal immigration more mas big small"
)
MIGRA = vocabulary("migra lamigra inmigracion immigration ice hsi cbp redada redadas raid raids")
SEEING = vocabulary(
    "see seeing saw seen veo vi vimos viendo hay esta estan andan anda there theres are is "
    "outside afuera llegaron llegando arrived parked estacionados estacionadas van vienen coming "
    "here aqui knocking tocando taking took llevaron llevan llevando stopped stopping stop paro "
    "pararon parando deteniendo detuvieron detained arrested arresting agarraron grabbed grabbing "
    "vests chalecos chaleco vest entrando entering blocking checkpoint reten going"
)
# Asking is not telling.
ASKING = (
    "que hago",
    "que puedo hacer",
    "what do i do",
    "what should i do",
    "puedo salir",
    "can i go",
    "is it true",
    "es verdad",
    "es cierto",
    "is there",
    "are there",
    "hay algun",
    "hay alguna",
    "do you know",
    "saben si",
    "sabe si",
    "how do i",
    "how can i",
    "como puedo",
    "court date",
    "when is",
    "cuando es",
    "where is the",
    "tengo cita",
    "my appointment",
    "mi cita",
)
# Nobody at a door, or being taken, answers questions.
URGENT = (
    "at my door",
    "at our door",
    "on my door",
    "my front door",
    "knocking on my",
    "knocking at my",
    "banging on",
    "outside my house",
    "outside our house",
    "in my house",
    "inside my house",
    "outside my apartment",
    "taking me",
    "taking my",
    "taking us",
    "they have my",
    "came for me",
    "mi puerta",
    "nuestra puerta",
    "tocando la puerta",
    "tocando a la puerta",
    "en la puerta de mi casa",
    "afuera de mi casa",
    "fuera de mi casa",
    "en mi casa",
    "entraron a mi casa",
    "entrar a mi casa",
    "me estan deteniendo",
    "nos estan deteniendo",
    "me llevan",
    "nos llevan",
    "se lo estan llevando",
    "se la estan llevando",
    "estan llevando a mi",
    "vinieron por mi",
    "vienen por mi",
    "afuera de mi apartamento",
)
NOT_URGENT = ("if they", "si vienen", "si tocan", "what if", "cuando vengan")
ACTIVITIES: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...] = (
    (
        "detention",
        vocabulary(
            "took taking taken llevaron llevan llevando llevo detenido detenida detenidos detained "
            "arrested arresting arrest arresto arrestaron "
            "arrestando deteniendo detuvieron agarraron grabbed "
            "handcuffed esposado esposados"
        ),
        (),
    ),
    ("checkpoint", vocabulary("checkpoint reten retenes roadblock"), ("traffic stop",)),
    ("court", vocabulary("court courthouse corte juzgado tribunal"), ()),
    (
        "work",
        vocabulary(
            "work workplace factory warehouse jobsite construction restaurant trabajo fabrica obra "
            "bodega restaurante planta"
        ),
        ("home depot",),
    ),
    (
        "home",
        vocabulary(
            "door doors house houses apartment apartments building home homes puerta puertas casa "
            "casas edificio apartamento apartamentos apartamientos"
        ),
        (),
    ),
    (
        "street",
        vocabulary(
            "street corner stopping stopped pulled calle esquina parando pararon paro bus parada "
            "parking estacionamiento plaza"
        ),
        (),
    ),
)
MENU = {"1": "home", "2": "work", "3": "street", "4": "checkpoint", "5": "detention"}
LETTERS = (
    ("BORDER PATROL", "border patrol"),
    ("BORDER PATROL", "patrulla fronteriza"),
    ("US MARSHAL", "marshal"),
    ("POLICE", "police"),
    ("POLICE", "policia"),
    ("SHERIFF", "sheriff"),
    ("ICE", "ice"),
    ("HSI", "hsi"),
    ("ERO", "ero"),
    ("CBP", "cbp"),
    ("FBI", "fbi"),
    ("DEA", "dea"),
)
AGENCY = {"BORDER PATROL": "CBP", "CBP": "CBP", "ICE": "ICE", "ERO": "ICE", "HSI": "HSI"}
NOW = vocabulary("now ahora ahorita ya ahorititita currently siguen still sigue")
HEARSAY = (
    "me dijeron",
    "me dijo",
    "dicen que",
    "dicen por",
    "someone told",
    "somebody told",
    "i heard",
    "heard that",
    "my friend said",
    "told me",
    "facebook",
    "whatsapp",
    "escuche que",
    "oi que",
    "me contaron",
    "me mandaron",
)
OWN_EYES = vocabulary("saw see seeing veo vi viendo vimos estoy im we")
NOTHING = vocabulary("no nada nothing none ninguna ninguno nope")
STREET_WORDS = vocabulary(
    "st street ave av avenue avenida rd road blvd boulevard dr drive ln lane way pl place pkwy hwy "
    "calle the la el los las de del in on at en a y and con corner esquina of near cerca by por "
    "frente front around"
)
