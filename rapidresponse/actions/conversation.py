"""Whom we are talking to, in which language, and how a reply is put into words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rapidresponse import messages
from rapidresponse.actions import subscribers
from rapidresponse.config import Config
from rapidresponse.places import Gazetteer, region_of_area
from rapidresponse.rules import tongue
from rapidresponse.store.models import Subscriber, Thread
from rapidresponse.work import Work

ONE_AFTER_THE_OTHER = ("es", "en")  # for a phone whose language we do not know


@dataclass(frozen=True, slots=True)
class Conversation:
    """Whom we are talking to, and in which words."""

    work: Work
    sender: str = field(repr=False)
    person: Subscriber | None
    thread: Thread
    gazetteer: Gazetteer
    config: Config
    said: str = field(default="", repr=False)

    def language(self, spoken: str | None = None) -> str:
        """Return the language of the keyword, else the stored one, else what was shown, or both."""
        stored = self.person.language if self.person else "both"
        return spoken or (stored if stored != "both" else self.thread.language)

    def say(self, key: str, language: str | None = None, **blanks: str) -> list[str]:
        """Return one reply."""
        return [messages.say(key, self.language(language), **self._names(), **blanks)]

    def say_all(self, keys: Sequence[str], language: str | None = None, **blanks: str) -> list[str]:
        """Return one reply made of several messages, language by language."""
        reads = self.language(language)
        each = ONE_AFTER_THE_OTHER if reads == "both" else (reads,)
        filled = self._names() | blanks
        lines = [" ".join(messages.say(key, one, **filled) for key in keys) for one in each]
        return ["\n".join(lines)]

    def home(self) -> str | None:
        """Return a ZIP of what the person follows: a namesake near it is likelier."""
        followed = subscribers.areas(self.work, self.person) if self.person else []
        return region_of_area(followed[0], self.gazetteer).rings[0][0] if followed else None

    def listen(self) -> None:
        """Notice in which language a phone writes; a word or two show nothing."""
        if tongue.is_long_enough(self.said) and (heard := tongue.of(self.said)):
            self.thread.language = heard

    def _names(self) -> dict[str, str]:
        host = urlsplit(self.config.public_url).netloc
        return {"org": self.config.network_name, "hot": self.config.hotline, "url": host}
