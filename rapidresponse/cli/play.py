"""The story of the demo, played by itself: each step is printed with its time, and checked."""

import json
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from rapidresponse.actions import alerts, incidents, partners, progress
from rapidresponse.cli.parts import opened
from rapidresponse.config import Config
from rapidresponse.rules import hooks
from rapidresponse.rules.cast import HOME_ZIP, PARTNER, PHONES, Phone
from rapidresponse.sms.practice.client import PracticeLine
from rapidresponse.wiring import Wiring
from rapidresponse.work import utc_now

PATIENCE_SECONDS = 60.0
LOOK_EVERY = 0.05
FIRST_TEXT_SECONDS = 1.0
ACCEPTED, UNAUTHORIZED = 202, 401


class StoryBroke(Exception):  # noqa: N818 - it is the story that broke
    """A step did not go as it should."""


@dataclass
class Posted:
    """A call of the partner's, and how it was answered."""

    status: int
    answer: dict[str, Any]
    at: float


class Story:
    """Three people sign up, a partner reports, everyone is told, one of them leaves."""

    def __init__(self, config: Config, people: int) -> None:
        self._config = config
        self._people = people
        self._line = PracticeLine(config.twilio_api_url, config.twilio_auth_token)
        self._began = 0.0
        self._first: Posted | None = None
        self._signed_up = 0
        self.succeeded = False

    def play(self) -> None:
        """Play every step; the first that fails ends the story."""
        self._began = time.monotonic()
        self._say("the network is ready")
        try:
            with opened(self._config) as wiring:
                for step in self._steps(wiring):
                    self._say(step())
        except (StoryBroke, OSError) as problem:
            self._say(f"FAILED: {problem}")
            return
        self.succeeded = True
        self._say("done")

    def _steps(self, wiring: Wiring) -> list[Callable[[], str]]:
        signing_up = [lambda phone=phone: self._sign_up(phone) for phone in PHONES]
        return [
            *signing_up,
            lambda: self._community(wiring),
            self._forged,
            lambda: self._report(wiring),
            lambda: self._first_text(wiring),
            lambda: self._everyone(wiring),
            lambda: self._own_language(wiring),
            self._shown,
            lambda: self._receipts(wiring),
            self._leave,
            lambda: self._ended(wiring),
        ]

    def _say(self, words: str) -> None:
        click.echo(f"{time.monotonic() - self._began:6.2f} s  {words}")

    def _sign_up(self, phone: Phone) -> str:
        join, yes = phone.chips[0], phone.chips[1]
        echo = self._line.text(phone.number, join)
        _expect(
            any(HOME_ZIP in reply for reply in echo),
            f"{phone.holder} was not asked about {HOME_ZIP}",
        )
        welcome = self._line.text(phone.number, yes)
        _expect(bool(welcome), f"{phone.holder} was not welcomed")
        self._signed_up += 1
        return f"{phone.holder} texted {join}, was asked, said {yes}: {_short(welcome[0])}"

    def _community(self, wiring: Wiring) -> str:
        lupe, sam, _ = PHONES
        got = [self._line.text(phone.number, phone.chips[2]) for phone in (lupe, sam)]
        _expect(all(got), "a report by text was not answered")
        with wiring.look() as work:
            found = incidents.under_way(work)
        _expect(len(found) == 1, f"two reports of one corner are {len(found)} incidents")
        _expect(found[0].senders == len(got), f"the incident has {found[0].senders} senders")
        return f"Lupe and Sam reported one corner, each in one language: {_short(got[0][0])}"

    def _forged(self) -> str:
        posted = self._post(1, {}, forged=True)
        _expect(posted.status == UNAUTHORIZED, f"a forged report was answered {posted.status}")
        return "a forged report was refused (401), and nothing was written"

    def _report(self, wiring: Wiring) -> str:
        posted = self._signed(wiring, {**REPORT, **seen_now()})
        _expect(
            posted.status == ACCEPTED, f"the report was answered {posted.status} {posted.answer}"
        )
        audience = posted.answer["audience"]
        _expect(audience == self._people, f"the audience is {audience}, not {self._people}")
        self._first = posted
        alert = posted.answer["alert"]
        return f"a partner posted a signed report: 202, alert {alert}, audience {audience}"

    def _first_text(self, wiring: Wiring) -> str:
        told = self._await(wiring, lambda told: told["first_text_at"] is not None, "no text left")
        first = self._line.log(limit=1)[0]["at"]
        wait = max(0.0, first - self._posted.at)
        _expect(wait <= FIRST_TEXT_SECONDS, f"the first text took {wait:.2f} s")
        return f"the first text was with the carrier {wait:.2f} s after the 202 ({told['ref']})"

    def _everyone(self, wiring: Wiring) -> str:
        told = self._await(wiring, lambda told: told["state"] == "done", "the alert is not done")
        totals = self._line.totals()
        _expect(told["taken"] == self._people, f"{told['taken']} texts were accepted")
        _expect(totals["accepted"] == self._people, f"the carrier took {totals['accepted']}")
        _expect(totals["phones"] == self._people, f"the carrier saw {totals['phones']} phones")
        _expect(totals["most_to_one_phone"] == 1, "a phone was texted twice")
        taken, rate = totals["accepted"], told["texts_per_second"]
        return f"{taken} accepted texts to {totals['phones']} phones, each once ({rate:.0f}/s)"

    def _own_language(self, wiring: Wiring) -> str:
        with wiring.look() as work:
            words = alerts.words(work, self._alert)
            wanted = alerts.languages(work, self._alert)
        bodies = Counter(line["body"] for line in self._line.log(limit=self._people))
        got = {language: bodies[body] for language, body in words.items()}
        _expect(got == wanted, f"languages went wrong: {got}, not {wanted}")
        return "each in its language: " + ", ".join(f"{got[name]} {name}" for name in sorted(got))

    def _shown(self) -> str:
        lupe, sam, _ = PHONES
        es, en = (self._line.inbox(phone.number)[-1]["body"] for phone in (lupe, sam))
        _expect(es != en, "Lupe and Sam got the same words")
        return f"on the phones: {_short(es)} / {_short(en)}"

    def _receipts(self, wiring: Wiring) -> str:
        def all_delivered(told: dict[str, Any]) -> bool:
            return bool(told["counts"].get("delivered", 0) == self._people)

        self._await(wiring, all_delivered, "receipts are missing")
        return f"{self._people} receipts say delivered"

    def _leave(self) -> str:
        lupe = PHONES[0]
        reply = self._line.text(lupe.number, "ALTO")
        _expect(len(reply) == 1, f"Lupe got {len(reply)} goodbyes")
        return f"Lupe texted ALTO: {_short(reply[0])}"

    def _ended(self, wiring: Wiring) -> str:
        posted = self._signed(
            wiring, {"type": "report.ended", "report": REPORT["report"], "at": _now()}
        )
        _expect(
            posted.status == ACCEPTED, f"the ending was answered {posted.status} {posted.answer}"
        )
        audience = posted.answer["audience"]
        _expect(audience == self._people - 1, f"the ending would reach {audience}")
        self._first = posted
        told = self._await(wiring, lambda told: told["state"] == "done", "the ending is not done")
        _expect(told["taken"] == self._people - 1, f"{told['taken']} heard the ending")
        return f"the partner said it ended: {told['taken']} texts, and none to Lupe"

    @property
    def _posted(self) -> Posted:
        if self._first is None:
            raise StoryBroke("nothing was posted")
        return self._first

    @property
    def _alert(self) -> int:
        return int(self._posted.answer["alert"])

    def _await(
        self, wiring: Wiring, reached: Callable[[dict[str, Any]], bool], otherwise: str
    ) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            with wiring.look() as work:
                told = progress.tell(work, self._alert)
            if reached(told):
                return told
            time.sleep(LOOK_EVERY)
        raise StoryBroke(otherwise)

    def _signed(self, wiring: Wiring, payload: dict[str, Any]) -> Posted:
        with wiring.look() as work:
            key, secret = partners.secret_of(work, PARTNER)
        return self._post(key, payload, secret=secret)

    def _post(
        self, partner: int, payload: dict[str, Any], *, secret: str = "", forged: bool = False
    ) -> Posted:
        body = json.dumps(payload).encode()
        headers = hooks.signed_headers("whsec_AAAA" if forged else secret, body, now=time.time())
        url = f"{self._config.public_url}/hooks/reports/{partner}"
        call = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - our own address
        try:
            with urllib.request.urlopen(call, timeout=10) as answer:  # noqa: S310 - our own address
                return Posted(answer.status, json.load(answer), time.time())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Posted(refusal.code, {}, time.time())


REPORT: dict[str, Any] = {
    "type": "report.verified",
    "report": "demo-1",
    "activity": "street",
    "place": {"zip": HOME_ZIP},
    "radius_miles": 3,
    "where": "Central Ave & The Plaza",
    "agency": "ICE",
    "people": 4,
    "vehicles": 2,
    "expires_in_minutes": 60,
}


def seen_now() -> dict[str, Any]:
    """Return the members of a report that was seen and verified just now."""
    now = _now()
    verified = {"how": "on_scene", "at": now, "by": "r-17", "approved_by": "d-4"}
    return {"seen_at": now, "verified": verified}


def _now() -> str:
    return utc_now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _expect(fine: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not fine:
        raise StoryBroke(otherwise)


def _short(body: str) -> str:
    return f"“{body[:60]}…”"
