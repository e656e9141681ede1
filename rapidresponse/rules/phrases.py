"""How people ask us to stop, when they do not use the word.

Patterns read words without accents or punctuation, a space between. `PLAIN` ones name the texts,
the list or the number, and always count. `SHORT` ones count unless the text also speaks of an
incident: "no me interesa" leaves, "no me interesa firmar los papeles" does not.
"""

import re

from rapidresponse.rules.normalise import Tongue, vocabulary

# What an incident is made of. Such a word is read as the letter T.
TOPICS = vocabulary(
    "ice migra inmigracion immigration agent agents agente agentes officer officers police "
    "policia cop cops sheriff raid raids redada redadas car cars carro carros truck trucks "
    "troca van vans camioneta camionetas bus light lights traffic street streets calle calles "
    "corner esquina court corte hearing audiencia cita citas appointment door doors puerta "
    "puertas house casa casas home school escuela tocando window windows lawyer lawyers abogado "
    "abogada abogados judge juez hermano esposo husband wife son hijo hija hijos mama brother "
    "kid kids neighbor neighbors checkpoint reten hospital detained detention warrant warrants "
    "visa country pais mexico jail carcel hombre chaleco paper papers papel caso california"
)
TOPIC_STEMS = ("deport", "oficial", "knock", "detenid", "arrest", "vecin")
# Up to five words that are neither a topic nor a turn of the meaning.
GAP = r"(?:(?!T |miss |lose |stop |perder|keep |asked )\w+ ){0,5}"

TEXTS = (
    r"(?:texts?|texting|messages?|messaging|sms|alerts?|notifications?|updates|spam"
    r"|subscription|membership|service|emails?)\b(?! in (?:english|spanish))"
)
MENSAJES = (
    r"(?:mensaj\w+|textos?|alertas?|avisos?|notificacion(?:es)?|sms|suscrip[cs]ion(?:es)?"
    r"|servicio)\b(?! en (?:ingles|espanol))"
)
LIST = (
    r"(?:list|system|database|records|group|alerts?|texts?|messages?|service|program|contacts"
    r"|chain|network|thread|roster)"
)
LISTA = (
    r"(?:lista|sistema|grupo|red|programa|alertas?|mensajes?|avisos|servicio|contactos|base"
    r"|registro|esto|cadena)"
)
PHONE = r"(?:phone|cell|number|name|info\w*|data|contact|details|account|digits|line)"
TELEFONO = r"(?:numero|telefono|celular|cel|nombre|datos|info\w*|contacto|registro|cuenta)"
SENDING = (
    r"(?:(?:send|text|contact|call|spam|bother|email|notify)(?:m?ing)?|messag(?:e|ing)"
    r"|writ(?:e|ing))"
)
MANDAR = (
    r"(?:(?:mand|en[vb]i|em[bv]i|molest|text|texte|contact|llam|notific|avis)ar"
    r"|escri[vb]ir)(?:me|nos|le)?\b"
)
# "No me manden": the mood is in the ending, "no me mandan" is a complaint.
MANDEN = r"(?:mand|en[vb]i|em[bv]i)(?:e|es|en|enme)"
LLAMEN = (
    r"(?:molest|text|texte|contact|llam|notifi[ck]|notifiqu|avis|habl|marqu)(?:e|es|en)"
    r"|escri[vb](?:a|as|an)"
)
MANDANDO = r"(?:mand|en[vb]i|em[bv]i|molest|text|texte|llam|contact)ando|escri[vb]iendo"
POLITE = r"(?:please|thanks|thank you|sorry|porfavor|por favor|gracias|ya)"
END = rf"(?: {POLITE})*$"
QUITAR = r"(?:quit|borr|elimin|sa[cq]u?|retir|remo[vb]|remue[vb]|ta[cq]h)(?:a|e|en|ar|er|an)"
STOPPING = r"(?:stop|quit|cease|halt|discontinue|cancel|kill)"
OUR = r"(?:(?:my|the|these|this|those|all|your|of|any|our) ){0,3}"
SUS = r"(?:(?:ya|mis?|el|la|los|las|sus?|est[aoe]s?|todos|todas|de|con) ){0,4}"


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})")


PLAIN: dict[Tongue, re.Pattern[str]] = {
    "en": _any(
        rf"{STOPPING} {GAP}{TEXTS}",
        rf"end {OUR}{TEXTS}",
        rf"(?:stop|quit|cease) {SENDING} (?:me|us|this|these|to (?:me|this)|it|my phone)\b",
        rf"(?:stop|quit|cease) {SENDING}{END}",
        rf"(?:stop|quit) (?:getting|receiving) (?:these|this|them|{OUR}{TEXTS})",
        rf"no more {OUR}{TEXTS}|^no {TEXTS}{END}",
        rf"(?:dont|do not|no longer|never) (?:want|wish|need|care) {GAP}{TEXTS}",
        rf"(?:dont|do not|no longer) (?:want|wish) {GAP}on {OUR}{LIST}",
        rf"(?:dont|do not|never) send {GAP}{TEXTS}",
        rf"(?:remove|delete|drop|erase|pull) {GAP}(?:off|from|out of) {OUR}{LIST}",
        rf"(?:take|get) {GAP}(?:off|out of) {OUR}{LIST}",
        rf"(?:taken|removed) (?:off|from) {OUR}{LIST}",
        rf"(?:dont|do not|never) (?:consent|agreed?) to {GAP}{TEXTS}",
        r"(?:dont|do not|no longer) (?:want|wish|like) to be (?:contacted|texted|messaged)\b",
        r"(?:stop|cease|end) (?:all |any |further )*(?:communications?|contact|correspondence)\b",
        r"unsub\w*|unsus?cri\w*|opt(?:ed|ing|s)? (?:me |us )?out|optout",
        r"(?:revoke|withdraw|rescind) (?:\w+ ){0,3}(?:consent|permission)",
        rf"turn (?:off )?{OUR}(?:{TEXTS}|these|this) ?(?:off)?",
        rf"(?:leave|off|out of|exit|quit) {OUR}(?:list|group|program|service|network)\b",
    ),
    "es": _any(
        rf"no (?:me )?(?:quiero|deseo|quisiera|necesito|ocupo|autorizo|acepto|doy|gustaria) {GAP}"
        rf"{MENSAJES}",
        rf"(?:no|nunca) (?:me )?(?:pedi|solicite|inscribi|suscribi|registre) {GAP}{MENSAJES}",
        rf"no (?:quiero|deseo) (?:estar|seguir|ser|pertenecer) {GAP}{LISTA}\b",
        rf"no (?:quiero|deseo) (?:estar|seguir) {GAP}(?:suscri|inscri|registr)\w+",
        rf"no mas {SUS}{MENSAJES}|^no {MENSAJES}{END}",
        rf"(?:no|ya no) (?:me |nos )?(?:{MANDEN}) {GAP}{MENSAJES}",
        rf"no (?:me |nos )?lleguen {GAP}{MENSAJES}",
        rf"(?:alto|basta) (?:a|con|de) {SUS}{MENSAJES}",
        rf"{QUITAR}(?:me|nos)? {GAP}(?:de|del) {SUS}{LISTA}\b",
        rf"(?:salir|salirme|salgo|retiro) (?:de|del) {SUS}{LISTA}\b",
        r"desuscri\w*|dessuscri\w*|desinscri\w*|desafili\w*|desapunt\w*",
        r"(?:revoco|retiro|revocar|retirar) (?:mi )?(?:consentimiento|permiso)",
    ),
}

SHORT: dict[Tongue, re.Pattern[str]] = {
    "en": _any(
        rf"(?:dont|do not) {SENDING}{END}",
        rf"(?:stop|quit|cease) {SENDING} (?:so|all|any|now|please|here)",
        rf"(?:dont|do not|never) (?:ever )?{SENDING} (?:or \w+ )?"
        rf"(?:me|us|this number|my {PHONE}|here|again|any ?more|back)\b",
        r"(?:dont|do not|never) send (?:me |us )?(?:any ?more|more|any|anything|these|again)\b",
        r"(?:dont|do not|no longer) (?:want|need) (?:to (?:get|receive|see) |\w+ )?"
        r"(?:these|this|them|it|anything|any)"
        rf"(?: any ?more)?{END}",
        rf"(?:remove|delete|erase|forget|lose|drop) (?:my|this) (?:\w+ )?{PHONE}",
        rf"(?:remove|delete|erase) me{END}|(?:remove|take|get) (?:me|my \w+|this \w+) off{END}",
        r"(?:not|no longer|never|isnt|aint) interested"
        rf"(?: in (?:this|these|your|any|receiving|getting))?(?: any ?more)?{END}",
        rf"be (?:removed|taken off|deleted|unsubscribed){END}",
        r"(?:remove|block) me from (?:this|here)",
        rf"want (?:to be )?(?:out|off|removed)(?: (?:of )?(?:this|these))?{END}",
        r"(?:never|didnt|did not) (?:sign up|signed up|subscribe|subscribed|ask for th)",
        rf"(?:stop|cancel|end|quit) (?:these|getting these|receiving these|doing this){END}",
        r"^(?!.*\b(?:they|took|gave|called|dialed|his|her|him)\b).*"
        r"\bwrong (?:number|person|phone)\b",
    ),
    "es": _any(
        r"no (?:me |nos )(?:(?:vuelvan?|sigan?|esten?|anden) (?:a )?)?"
        rf"(?:{LLAMEN}|{MANDANDO}|{MANDAR})(?:me)?\b",
        rf"no (?:sigan?|esten?|anden|vuelvan? a) (?:me )?(?:{MANDANDO}|{MANDAR})",
        rf"no (?:{LLAMEN})(?:me)?(?: mas| nada)?{END}|no molest\w+",
        rf"no (?:me |nos )?(?:{MANDEN})(?: (?:mas|nada|eso|esto|otr[oa]s?))*{END}",
        r"no (?:me |nos )?(?:quiero|deseo|quisiera|gustaria) "
        r"(?:recibir|que me (?:avisen|manden|envien|escriban|llamen|texteen|contacten|molesten))"
        rf"(?: (?:mas|nada|eso|esto|estos))*{END}",
        r"no (?:quiero|deseo|ocupo|necesito) (?:(?:mas|nada|eso|esto|estos|de|seguir|participar"
        rf"|recibir|saber|ustedes) ?)+{END}|ya no (?:quiero|deseo){END}",
        rf"(?:dej(?:e|en|a|ar|ame|enme|eme)|par(?:e|en|a|ar)) (?:ya )?de (?:{MANDAR})",
        rf"(?:dejar|dejo) de recibir|par(?:e|en|ar) {SUS}{MENSAJES}",
        r"(?:cancel|desactiv|anul|elimin|suspend|deten|apag|quit|termin)"
        rf"(?:a|e|o|en|ar|er|gan|ga|uen|ue)(?:me|nos)? {SUS}{MENSAJES}",
        rf"(?:{QUITAR}|(?:olvid|desactiv|cancel)(?:e|en|ar))(?:me)? (?:\w+ )?mis? {TELEFONO}",
        r"(?:dar|darme|dan|den|denme|deme|dame|doy|quiero|solicito|pido)(?: \w+){0,4} [bv]aja\b",
        rf"\bde baja{END}|quiero salir(?:me)?(?: de esto)?{END}|^(?:me )?salgo{END}",
        r"\b(?:numero|persona|telefono) (?:equivocad[oa]|incorrect[oa])",
        r"equivo\w+ de (?:numero|persona|telefono)",
        r"no (?:me |nos )?interesan?(?: (?:recibir|nada|esto|eso|sus?|mas)){0,3}"
        rf"(?: {SUS}{MENSAJES})?{END}",
        rf"no recibir {SUS}(?:mas )?{MENSAJES}|como me (?:quito|borro|salgo)"
        rf"(?: de (?:aqui|esto|la lista))?{END}",
        r"no estoy interesad[oa]",
        r"(?:nunca|no) me (?:suscribi|inscribi|apunte|anote)",
    ),
}

# "Don't stop sending", "no me quiten de la lista": a wish to stay.
KEEPING = re.compile(
    r"\b(?:(?:dont|do not|never|wont)(?: (?:want|let|you|to|ever|please|them)){0,3} "
    r"(?:stop|cancel|remove|unsubscribe|quit|end|delete|take|turn)"
    r"|(?:no|nunca|sin)(?: (?:quiero|quisiera|deseo|vayan|me|nos|que|se|a|puedo)){0,3} "
    r"(?:deje[ns]?|dejar|pare[ns]?|parar|quit(?:e|en|ar)\w*|borr\w+|sa[cq]u?\w+|elimin\w+"
    r"|cancel\w*|salir\w*|desuscri\w*|apag\w+))\b"
)
# "Why did you stop texting me", "they want to remove him": somebody else's stopping.
ASKING = re.compile(
    r"\b(?:(?:why|when|did|has|have|was|were|should i)(?: \w+){0,3}"
    r"|(?:they|he|she|T)"
    r"(?: (?:will|can|could|would|wants?|wont|did|do|to|going|are|have|told|me|said)){0,4}) "
    r"(?:stop\w*|cancel\w*|quit|end|remove|delete|take|text\w*)\b"
)
# Our own texts may be called by what they are about.
NAMED = re.compile(
    r"\bT (alerts?|texts|messages)\b"
    r"|\b(alertas?|mensajes?|avisos?|alerts?|texts|messages) (?:de|sobre|about|on) "
    r"(?:la |el |las )?T\b"
)
