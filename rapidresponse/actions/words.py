"""The words of an alert in every language, made from what was verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rapidresponse import messages
from rapidresponse.config import Config


@dataclass(frozen=True, slots=True)
class About:
    """What the texts of one incident share: its short name, its coarse place, its hour."""

    ref: str
    area: str
    timezone: str
    at: datetime


def of_alert(
    kind: str, facts: Mapping[str, object], about: About, config: Config, *, next_by: datetime
) -> dict[str, str]:
    """Return the body for each way of reading: en, es and both."""
    key = f"alert.{facts['activity']}" if kind == "alert" else f"alert.{kind}"
    return {
        language: messages.say(key, language, **_blanks(facts, about, config, next_by))
        for language in messages.READING
    }


def clock(moment: datetime, timezone: str) -> str:
    """Return the local time of a place as texts write it, such as 9:40am."""
    local = moment.astimezone(ZoneInfo(timezone))
    return f"{local:%I:%M%p}".lstrip("0").lower()


def _blanks(
    facts: Mapping[str, object], about: About, config: Config, next_by: datetime
) -> dict[str, str]:
    verified = facts.get("verified")
    how = str(verified["how"]) if isinstance(verified, Mapping) else "on_scene"
    return {
        "org": config.network_name,
        "hot": config.hotline,
        "ref": about.ref,
        "area": about.area,
        "time": clock(about.at, about.timezone),
        "next": clock(next_by, about.timezone),
        "agency": str(facts.get("agency", "unknown")),
        "how": how,
        "what": str(facts.get("found", "nothing")),
    }
