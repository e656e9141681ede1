"""What the carrier remembers: every text, and the phones they went to."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from rapidresponse.sms.practice.texts import Text

_ARRIVED = frozenset({"delivered", "received"})


@dataclass(slots=True)
class Phone:
    """One practice phone: what is on its screen, and what is still in the air."""

    texts: list[Text] = field(default_factory=list)
    accepted: int = 0
    screen: list[tuple[float, Text]] = field(default_factory=list)
    _in_the_air: list[Text] = field(default_factory=list)

    def add(self, text: Text) -> None:
        """Note a text to or from this phone."""
        self.texts.append(text)
        self._in_the_air.append(text)

    def look(self, now: float) -> list[tuple[float, Text]]:
        """Return what has arrived by now, in the order of arrival."""
        steps = [(*text.step(now), text) for text in self._in_the_air]
        landed = [(at, text) for at, status, text in steps if status in _ARRIVED]
        landed.sort(key=lambda pair: pair[0])
        self.screen += landed
        self._in_the_air = [text for text in self._in_the_air if not text.is_final(now)]
        return self.screen


class Book:
    """Every text of the carrier, oldest first."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.accepted: list[Text] = []
        self.refused: Counter[int] = Counter()
        self.most_to_one_phone = 0
        self._by_sid: dict[str, Text] = {}
        self._phones: dict[str, Phone] = {}
        self._ended: Counter[str] = Counter()
        self._open: list[Text] = []

    def phone(self, number: str) -> Phone:
        """Return one phone, new if it was never heard of."""
        phone = self._phones.get(number)
        if phone is None:
            phone = self._phones[number] = Phone()
        return phone

    def keep(self, text: Text, *, phone: str) -> None:
        """Remember a text and the phone it goes to or comes from."""
        self.texts.append(text)
        self._by_sid[text.sid] = text
        self.phone(phone).add(text)

    def accept(self, text: Text) -> None:
        """Remember a text that the customer asked to be sent."""
        self.keep(text, phone=text.to)
        self.accepted.append(text)
        self._open.append(text)
        phone = self._phones[text.to]
        phone.accepted += 1
        self.most_to_one_phone = max(self.most_to_one_phone, phone.accepted)

    def find(self, sid: str) -> Text | None:
        """Return the text with this name, unless it was never here or was deleted."""
        text = self._by_sid.get(sid)
        return None if text is None or text.deleted else text

    def ever(self, sid: str) -> Text | None:
        """Return the text that ever had this name, deleted or not."""
        return self._by_sid.get(sid)

    def newest(self, *, phone: str | None, before: int) -> Iterator[Text]:
        """Go back through the texts, or those of one phone, from before the n-th."""
        if phone is not None and phone not in self._phones:
            return iter(())
        texts = self.texts if phone is None else self._phones[phone].texts
        older = islice(reversed(texts), len(texts) - before + 1 if phone is None else 0, None)
        return (text for text in older if text.n < before and not text.deleted)

    def phones(self) -> int:
        """Return how many phones were texted."""
        return sum(1 for phone in self._phones.values() if phone.accepted)

    def by_status(self, now: float) -> dict[str, int]:
        """Count the accepted texts by what the carrier says of them now."""
        still = Counter[str]()
        left = []
        for text in self._open:
            status = text.status(now)
            counter = self._ended if text.is_final(now) else still
            counter[status] += 1
            if counter is still:
                left.append(text)
        self._open = left
        return dict(self._ended + still)
