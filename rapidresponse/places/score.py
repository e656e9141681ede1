"""Score the resolver on labelled cases: `python -m rapidresponse.places.score [FILE …]`."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidresponse.errors import UnknownPlace
from rapidresponse.places.gazetteer import Gazetteer, open_gazetteer
from rapidresponse.places.resolver import Match, resolve

TESTS = Path(__file__).parents[2] / "tests" / "places"
# The second file is never tuned on; docs/places.md has its score at first sight.
FILES = [TESTS / "cases.json", TESTS / "untouched.json"]
KINDS = ("zip_cases", "signup_cases", "report_cases")


def main() -> int:
    """Print the score of each kind of case, and every case that failed."""
    parser = argparse.ArgumentParser(prog="python -m rapidresponse.places.score")
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    gazetteer = open_gazetteer()
    for file in parser.parse_args().files:
        _print_scores(json.loads(file.read_text(encoding="utf-8")), gazetteer)
    return 0


def _print_scores(cases: dict[str, Any], gazetteer: Gazetteer) -> None:
    """Print the scores of one file."""
    for name in [name for kind in KINDS for name in cases if name.startswith(kind)]:
        results = [(case, *judge(case, gazetteer)) for case in cases[name]]
        right = sum(not problem for _, problem, _ in results)
        wrong = sum(is_wrong for _, _, is_wrong in results)
        sys.stdout.write(f"{name}: {right} of {len(results)} right, {wrong} wrongly accepted\n")
        for case, problem, _ in results:
            if problem:
                sys.stdout.write(f"  {case.get('text') or case['zip']}: {problem}\n")


def judge(case: dict[str, Any], gazetteer: Gazetteer) -> tuple[str, bool]:
    """Return what is wrong with the answer to a case, and whether a wrong place was accepted."""
    if "zip" in case:
        return _judge_zip(case, gazetteer), False
    match = resolve(case["text"], gazetteer, near=_near(case.get("prior"), gazetteer))
    found = sorted(_counties(match, gazetteer))
    wanted = case["decision"].replace("state_only", "state").split("|")
    elsewhere = bool(match.region and case["fips"] and case["fips"] not in found)
    wrong = match.decision == "accept" and (elsewhere or "accept" not in wanted)
    if match.decision in wanted and not elsewhere:
        return "", wrong
    said = f"{match.decision} {match.label} {found[:3]} {list(match.choices)}"
    return f"wanted {case['decision']} {case['fips']}, got {said}", wrong


def _judge_zip(case: dict[str, Any], gazetteer: Gazetteer) -> str:
    """Return what is wrong with what we know about a ZIP."""
    try:
        place = gazetteer.place(case["zip"])
    except UnknownPlace as refusal:
        return f"refused: {refusal}" if case["counties"] else ""
    known = [place.city, place.state, gazetteer.counties_of(place.zip)]
    wanted = [case["city"], case["state"], case["counties"]]
    return "" if known == wanted else f"wanted {wanted}, got {known}"


def _near(prior: list[Any] | None, gazetteer: Gazetteer) -> str | None:
    """Return the ZIP nearest to where a case's sender lives."""
    return gazetteer.within(prior[1], prior[2], 1)[0][0] if prior else None


def _counties(match: Match, gazetteer: Gazetteer) -> Iterator[str]:
    """Return the counties that a match's ZIPs are in, for the most part."""
    if match.region:
        for code, _ in match.region.rings:
            yield gazetteer.place(code).county


if __name__ == "__main__":
    sys.exit(main())
