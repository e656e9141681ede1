import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from rapidresponse.rules import hooks, limits
from tests.network import payload
from tests.rows import queued, rows

FULL = 64 * 1024


def refused(network, call):
    """Make calls that must be refused: return the answers, when nothing at all was written."""
    before = rows(network.wiring)
    answer = call()
    assert rows(network.wiring) == before
    assert queued(network.wiring) == 0
    return answer


def pointers(answer):
    assert all(set(error) == {"at", "problem"} for error in answer.json["errors"])
    assert all(error["problem"].endswith(".") for error in answer.json["errors"])
    return sorted(error["at"] for error in answer.json["errors"])


def verdicts(answers):
    return {case: (answer.status_code, pointers(answer)) for case, answer in answers.items()}


def written(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# Each is a change to a good report, and where every problem of it is said to be.
BAD: dict[str, Any] = {
    "no type": ({"type": None}, ["/type"]),
    "an unknown type": ({"type": "report.rumour"}, ["/type"]),
    "a type that is a list": ({"type": ["report.verified"]}, ["/type"]),
    "a type that is an object": ({"type": {}}, ["/type"]),
    "a type that is a number": ({"type": 1}, ["/type"]),
    "no report": ({"report": None}, ["/report"]),
    "an empty report": ({"report": ""}, ["/report"]),
    "a report with a blank": ({"report": "r 1"}, ["/report"]),
    "a report of 65 letters": ({"report": "r" * 65}, ["/report"]),
    "a report that is a number": ({"report": 814}, ["/report"]),
    "a report with an accent": ({"report": "señal"}, ["/report"]),
    "a report ending in a line break": ({"report": "r-1\n"}, ["/report"]),
    "no activity": ({"activity": None}, ["/activity"]),
    "an unknown activity": ({"activity": "raid"}, ["/activity"]),
    "an activity in capitals": ({"activity": "STREET"}, ["/activity"]),
    "an activity that is true": ({"activity": True}, ["/activity"]),
    "no seen_at": ({"seen_at": None}, ["/seen_at"]),
    "a time without a zone": ({"seen_at": "2026-11-24T10:31:00"}, ["/seen_at"]),
    "a time without seconds": ({"seen_at": "2026-11-24T10:31Z"}, ["/seen_at"]),
    "a day that does not exist": ({"seen_at": "2026-02-30T10:31:00Z"}, ["/seen_at"]),
    "an hour that does not exist": ({"seen_at": "2026-11-24T24:31:00Z"}, ["/seen_at"]),
    "a time at the end of the world": ({"seen_at": "9999-12-31T23:59:59-23:59"}, ["/seen_at"]),
    "a time in other digits": ({"seen_at": "٢٠٢٦-11-24T10:31:00Z"}, ["/seen_at"]),
    "a time that is a number": ({"seen_at": 1764000000}, ["/seen_at"]),
    "no place": ({"place": None}, ["/place"]),
    "a place that is text": ({"place": "28205"}, ["/place"]),
    "a place that is a list": ({"place": [{"zip": "28205"}]}, ["/place"]),
    "an empty place": ({"place": {}}, ["/place"]),
    "a place of two kinds": (
        {"place": {"zip": "28205", "county_fips": "37119"}, "radius_miles": None},
        ["/place"],
    ),
    "a place with a street": ({"place": {"zip": "28205", "street": "Central"}}, ["/place"]),
    "half a city": ({"place": {"city": "Charlotte"}, "radius_miles": None}, ["/place"]),
    "half a point": ({"place": {"latitude": 35.2}}, ["/place"]),
    "a ZIP as a number": ({"place": {"zip": 28205}}, ["/place/zip"]),
    "a ZIP of four digits": ({"place": {"zip": "2820"}}, ["/place/zip"]),
    "a ZIP in other digits": ({"place": {"zip": "２８２０５"}}, ["/place/zip"]),  # noqa: RUF001 - the look-alikes are the point
    "an unknown ZIP": ({"place": {"zip": "00000"}}, ["/place"]),
    "a military ZIP": ({"place": {"zip": "09012"}}, ["/place"]),
    "an unknown county": ({"place": {"county_fips": "99999"}, "radius_miles": None}, ["/place"]),
    "a county by name": (
        {"place": {"county_fips": "Mecklenburg"}, "radius_miles": None},
        ["/place/county_fips"],
    ),
    "a county with a radius": ({"place": {"county_fips": "37119"}}, ["/radius_miles"]),
    "an unknown city": (
        {"place": {"city": "Atlantis", "state": "NC"}, "radius_miles": None},
        ["/place"],
    ),
    "a city that is half a letter": (
        {"place": {"city": "Charlotte\ud800", "state": "NC"}, "radius_miles": None},
        ["/place/city"],
    ),
    "a city that is markup": (
        {"place": {"city": "<b>Charlotte", "state": "NC"}, "radius_miles": None},
        ["/place/city"],
    ),
    "a state in small letters": (
        {"place": {"city": "Charlotte", "state": "nc"}, "radius_miles": None},
        ["/place/state"],
    ),
    "a point without a radius": (
        {"place": {"latitude": 35.2, "longitude": -80.8}, "radius_miles": None},
        ["/radius_miles"],
    ),
    "a point abroad": ({"place": {"latitude": 48.85, "longitude": 2.35}}, ["/place"]),
    "a point off the globe": (
        {"place": {"latitude": 91, "longitude": -181}},
        ["/place/latitude", "/place/longitude"],
    ),
    "a point as text": (
        {"place": {"latitude": "35.2", "longitude": True}},
        ["/place/latitude", "/place/longitude"],
    ),
    "a radius too small": ({"radius_miles": 0.4}, ["/radius_miles"]),
    "a radius too large": ({"radius_miles": 50.1}, ["/radius_miles"]),
    "a radius that is true": ({"radius_miles": True}, ["/radius_miles"]),
    "a radius as text": ({"radius_miles": "3"}, ["/radius_miles"]),
    "a house number": ({"where": "1200 Central Ave"}, ["/where"]),
    "a flat": ({"where": "The Plaza, Apt 4"}, ["/where"]),
    "an empty where": ({"where": "  "}, ["/where"]),
    "a where with a line break": ({"where": "Central\nThe Plaza"}, ["/where"]),
    "a where with a null": ({"where": "Central\0"}, ["/where"]),
    "a where that is half a letter": ({"where": "Central \ud83d"}, ["/where"]),
    "a where of 81 letters": ({"where": "C" * 81}, ["/where"]),
    "a where that is a list": ({"where": ["Central"]}, ["/where"]),
    "an unknown agency": ({"agency": "FBI"}, ["/agency"]),
    "an agency that is a list": ({"agency": []}, ["/agency"]),
    "fewer people than none": ({"people": -1}, ["/people"]),
    "too many people": ({"people": 501}, ["/people"]),
    "half a person": ({"people": 1.5}, ["/people"]),
    "people that are true": ({"people": True}, ["/people"]),
    "vehicles as text": ({"vehicles": "2"}, ["/vehicles"]),
    "no verified": ({"verified": None}, ["/verified"]),
    "verified that is true": ({"verified": True}, ["/verified"]),
    "an empty verified": (
        {"verified": {}},
        ["/verified/approved_by", "/verified/at", "/verified/by", "/verified/how"],
    ),
    "an end too soon": ({"expires_in_minutes": 4}, ["/expires_in_minutes"]),
    "an end too late": ({"expires_in_minutes": 721}, ["/expires_in_minutes"]),
    "an unknown member": ({"phone": "none"}, ["/phone"]),
    "an unknown member with a slash": ({"a/b~c": 1}, ["/a~1b~0c"]),
    "an unknown member that is half a letter": ({"\ud800": 1}, ["/\ud800"]),
    "a time of a follow-up": ({"at": "soon"}, ["/at"]),
}


def test_a_report_that_is_wrong_is_refused_and_nothing_is_written(network):
    partner = network.partner()

    told = refused(
        network, lambda: {case: partner.report(**changes) for case, (changes, _) in BAD.items()}
    )

    assert verdicts(told) == {case: (400, where) for case, (_, where) in BAD.items()}


# Each is a change to how a report was verified, or to when it was seen.
VERIFIED = {
    "by nobody": ({"by": None}, ["/verified/by"]),
    "by a name": ({"by": "Ana Perez"}, ["/verified/by"]),
    "approved by nobody": ({"approved_by": None}, ["/verified/approved_by"]),
    "approved by the same person": ({"approved_by": "r-17"}, ["/verified/approved_by"]),
    "by hearsay": ({"how": "hearsay"}, ["/verified/how"]),
    "how nobody knows": ({"how": None}, ["/verified/how"]),
    "at no time": ({"at": "yesterday"}, ["/verified/at"]),
    "with a note": ({"note": "blue door"}, ["/verified/note"]),
    "by and approved by lists": (
        {"by": [], "approved_by": []},
        ["/verified/approved_by", "/verified/by"],
    ),
}


def test_a_report_that_was_not_verified_properly_is_refused(network):
    partner = network.partner()

    def report(changes):
        changed = payload(network.wiring.clock())["verified"] | changes
        return partner.report(
            verified={name: value for name, value in changed.items() if value is not None}
        )

    told = refused(
        network, lambda: {case: report(changes) for case, (changes, _) in VERIFIED.items()}
    )

    assert verdicts(told) == {case: (400, where) for case, (_, where) in VERIFIED.items()}


@pytest.mark.parametrize(
    ("seen", "checked", "where"),
    [
        (timedelta(minutes=6), timedelta(minutes=6), ["/seen_at", "/verified/at"]),
        (timedelta(hours=-25), timedelta(), ["/seen_at"]),
        (timedelta(hours=-25), timedelta(hours=-25), ["/seen_at", "/verified/at"]),
        (timedelta(minutes=-10), timedelta(minutes=-11), ["/verified/at"]),
        (timedelta(), timedelta(minutes=6), ["/verified/at"]),
    ],
    ids=["in the future", "a day old", "both old", "verified before seen", "verified tomorrow"],
)
def test_a_report_from_another_time_is_refused(network, seen, checked, where):
    partner, now = network.partner(), network.wiring.clock()
    verified = payload(now)["verified"] | {"at": written(now + checked)}

    answer = refused(
        network, lambda: partner.report(seen_at=written(now + seen), verified=verified)
    )

    assert answer.status_code == 400
    assert pointers(answer) == where


# Bodies that are not a report at all.
NOISE = {
    "nothing": b"",
    "a word": b"hello",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "two reports": b"{}{}",
    "not UTF-8": b'{"type": "\xff"}',
    "UTF-16": '{"type": "report.verified"}'.encode("utf-16"),
    "a mark of byte order": b"\xef\xbb\xbf{}",
    "a member twice": b'{"type": "report.verified", "type": "report.ended"}',
    "a member twice, deeper": b'{"type": "report.verified", "place": {"zip": "1", "zip": "2"}}',
    "a number that is none": b'{"type": "report.verified", "radius_miles": NaN}',
    "a number without end": b'{"type": "report.verified", "radius_miles": -Infinity}',
    "a number of 5,000 digits": b'{"people": ' + b"9" * 5000 + b"}",
    "lists in lists in lists": b"[" * 30_000 + b"]" * 30_000,
    "objects in objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
}


def test_noise_is_refused_and_nothing_is_written(network):
    partner = network.partner()

    told = refused(network, lambda: {case: partner.post(body) for case, body in NOISE.items()})

    assert verdicts(told) == dict.fromkeys(NOISE, (400, [""]))


def test_a_number_too_large_to_hold_is_refused(network):
    partner = network.partner()
    body = json.dumps(payload(network.wiring.clock(), radius_miles=1.25)).replace("1.25", "1e999")

    answer = refused(network, lambda: partner.post(body.encode()))

    assert (answer.status_code, pointers(answer)) == (400, ["/radius_miles"])


def test_every_problem_is_told_at_once(network):
    partner = network.partner()
    now = network.wiring.clock()
    changes = {
        "report": "",
        "activity": "raid",
        "seen_at": "now",
        "place": {"zip": 28205},
        "radius_miles": 900,
        "where": "1200 Central Ave",
        "agency": "FBI",
        "people": -4,
        "vehicles": "2",
        "verified": {"how": "hearsay", "at": written(now + timedelta(hours=1)), "by": "r-17"},
        "expires_in_minutes": 0,
        "plate": "a secret",
    }

    answer = refused(network, lambda: partner.report(**changes))

    assert answer.status_code == 400
    assert pointers(answer) == [
        "/activity",
        "/agency",
        "/expires_in_minutes",
        "/people",
        "/place/zip",
        "/plate",
        "/radius_miles",
        "/report",
        "/seen_at",
        "/vehicles",
        "/verified/approved_by",
        "/verified/at",
        "/verified/how",
        "/where",
    ]
    assert b"a secret" not in answer.data


# Calls that nobody we know has signed, now.
STRANGERS: dict[str, Any] = {
    "no headers": {"webhook-id": "", "webhook-timestamp": "", "webhook-signature": ""},
    "no signature": {"webhook-signature": ""},
    "another version": {"webhook-signature": lambda s: s.replace("v1,", "v2,")},
    "only the version": {"webhook-signature": "v1,"},
    "a signature cut short": {"webhook-signature": lambda s: s[:-2]},
    "a signature in other letters": {"webhook-signature": "v1,\xe9\xff"},
    "another call": {"webhook-id": "msg_another"},
    "a call without a name": {"webhook-id": ""},
    "a call with a long name": {"webhook-id": "m" * 129},
    "a time that is none": {"webhook-timestamp": "soon"},
    "a time with a sign": {"webhook-timestamp": lambda t: f"+{t}"},
    "a time with a fraction": {"webhook-timestamp": lambda t: f"{t}.0"},
    "a time in other digits": {"webhook-timestamp": "1\xb2"},
    "eleven signatures, the last one right": {
        "webhook-signature": lambda s: " ".join([*["v1,AAAA"] * 10, s])
    },
}


def test_whoever_did_not_sign_is_told_one_thing_only(network):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()

    def call(changes):
        good = partner.headers(raw)
        changed = {
            name: value(good[name]) if callable(value) else value for name, value in changes.items()
        }
        return partner.post(raw, headers=good | changed)

    told = refused(network, lambda: {case: call(changes) for case, changes in STRANGERS.items()})

    assert verdicts(told) == dict.fromkeys(STRANGERS, (401, [""]))
    assert {answer.json["errors"][0]["problem"] for answer in told.values()} == {
        "The signature, the time or the partner is wrong."
    }


@pytest.mark.parametrize("seconds", [-301, 301, -86_400, 2**33])
def test_a_call_signed_at_another_time_is_refused(network, seconds):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()
    stamp = int(network.wiring.clock().timestamp()) + seconds

    answer = refused(network, lambda: partner.post(raw, headers=partner.headers(raw, stamp=stamp)))

    assert answer.status_code == 401


@pytest.mark.parametrize("seconds", [-299, 299])
def test_a_clock_that_is_a_little_off_is_believed(network, seconds):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()
    stamp = int(network.wiring.clock().timestamp()) + seconds

    answer = partner.post(raw, headers=partner.headers(raw, stamp=stamp))

    assert answer.status_code == 202


@pytest.mark.parametrize("name", ["0", "abc", "-1", "99999999999999999999", "%00", "1%2F2", "٣"])
def test_an_unknown_partner_is_refused_like_a_wrong_signature(network, name):
    partner = network.partner()

    answer = refused(
        network,
        lambda: partner.post(payload(network.wiring.clock()), path=f"/hooks/reports/{name}"),
    )

    assert answer.status_code in {401, 404}
    assert "alert" not in answer.json


def test_a_partner_cannot_sign_for_another(network):
    one, other = network.partner(name="One"), network.partner(name="Other")
    body = payload(network.wiring.clock())

    answer = refused(network, lambda: one.post(body, path=f"/hooks/reports/{other.id}"))

    assert answer.status_code == 401


def test_a_body_that_was_changed_on_the_way_is_refused(network):
    partner = network.partner()
    body = payload(network.wiring.clock())
    headers = partner.headers(json.dumps(body).encode())

    answer = refused(network, lambda: partner.post(body | {"people": 40}, headers=headers))

    assert answer.status_code == 401


def test_a_partner_may_sign_with_an_old_and_a_new_secret(network):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()
    headers = partner.headers(raw)
    headers["webhook-signature"] = f"v1,AAAA v1a,xyz {headers['webhook-signature']}"

    assert partner.post(raw, headers=headers).status_code == 202


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("text/plain", 415),
        ("", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/json5", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json; charset=utf-8", 202),
        ("APPLICATION/JSON", 202),
    ],
)
def test_only_json_is_read(network, kind, code):
    partner = network.partner()
    post = lambda: partner.post(  # noqa: E731 - a call to be made later
        payload(network.wiring.clock()), headers={"content-type": kind}
    )

    answer = post() if code == 202 else refused(network, post)

    assert answer.status_code == code


@pytest.mark.parametrize("more", [1, 2, FULL])
def test_a_body_that_is_too_big_is_refused(network, more):
    partner = network.partner()

    answer = refused(network, lambda: partner.post(b" " * (FULL + more)))

    assert answer.status_code == 413


def test_a_body_that_is_just_not_too_big_is_read(network):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()

    assert partner.post(raw.ljust(FULL)).status_code == 202


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_report_is_posted(network, method):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()

    answer = refused(
        network,
        lambda: network.call(
            f"/hooks/reports/{partner.id}", method=method, data=raw, headers=partner.headers(raw)
        ),
    )

    assert answer.status_code == 405


def test_a_report_that_was_alerted_cannot_be_alerted_again(network):
    partner = network.partner()
    assert partner.report(report="r-1").status_code == 202
    before = rows(network.wiring)

    answer = partner.report(report="r-1", activity="home")

    assert answer.status_code == 409
    assert "report.updated" in answer.json["errors"][0]["problem"]
    assert rows(network.wiring) == before


def test_two_partners_may_use_the_same_name_for_a_report(network):
    one, other = network.partner(name="One"), network.partner(name="Other")

    answers = [partner.report(report="r-1") for partner in (one, other)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json["alert"] != answers[1].json["alert"]


def test_the_same_call_is_answered_the_same_and_nobody_is_texted_twice(network):
    maria = network.phone("+17045550101")
    maria.join()
    partner, body = network.partner(), payload(network.wiring.clock())
    first = partner.post(body, call_id="msg_once")
    network.run()
    before = rows(network.wiring)

    again = partner.post(body, call_id="msg_once")
    network.run()

    assert network.told(first.json["alert"])["state"] == "done"
    assert (again.status_code, again.json) == (202, first.json)
    assert first.json["state"] == "sending"
    assert len(maria.inbox) == 1
    assert rows(network.wiring) == before


def test_the_same_call_is_answered_the_same_minutes_later(network, clock):
    partner, body = network.partner(), payload(network.wiring.clock())
    first = partner.post(body, call_id="msg_once")

    clock.forward(hours=30)

    assert partner.post(body, call_id="msg_once").json == first.json


def test_two_partners_may_use_the_same_name_for_a_call(network):
    one, other = network.partner(name="One"), network.partner(name="Other")
    body = payload(network.wiring.clock())

    answers = [partner.post(body, call_id="msg_once") for partner in (one, other)]

    assert answers[0].json["alert"] != answers[1].json["alert"]


def at_once(network, calls):
    """Make calls in threads of their own, each with a client of its own."""

    def make(call):
        raw, path, headers = call
        return network.app.test_client().post(path, data=raw, headers=headers)

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(make, calls))


def test_the_same_call_made_at_once_is_taken_once(network):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()
    call = (raw, f"/hooks/reports/{partner.id}", partner.headers(raw, call_id="msg_once"))

    answers = at_once(network, [call] * 6)

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.get_data() for answer in answers}) == 1
    assert len(rows(network.wiring)["alerts"]) == 1
    assert queued(network.wiring) == 1


def test_one_report_in_different_calls_at_once_is_alerted_once(network):
    partner = network.partner()
    raw = json.dumps(payload(network.wiring.clock())).encode()
    path = f"/hooks/reports/{partner.id}"

    answers = at_once(network, [(raw, path, partner.headers(raw)) for _ in range(6)])

    assert sorted(answer.status_code for answer in answers) == [202] + [409] * 5
    assert len(rows(network.wiring)["alerts"]) == 1


def test_a_report_of_a_partner_for_review_waits_and_nobody_is_texted(network):
    maria = network.phone("+17045550101")
    maria.join()

    answer = network.partner("review").report()
    network.tick()

    told = network.told(answer.json["alert"])
    assert answer.status_code == 202
    assert answer.json == {"alert": told["id"], "state": "waiting", "audience": 1}
    assert (told["state"], told["why"]) == ("waiting", "for review")
    assert queued(network.wiring) == 0
    assert maria.inbox == []


def test_what_is_over_the_cap_of_an_hour_waits(network, clock):
    partner = network.partner()
    states = [partner.report().json["state"] for _ in range(limits.ALERTS_AN_HOUR + 1)]

    told = network.told(limits.ALERTS_AN_HOUR + 1)
    clock.forward(minutes=61)

    assert states == ["sending"] * limits.ALERTS_AN_HOUR + ["waiting"]
    assert (told["state"], told["why"]) == ("waiting", "a cap was met")
    assert partner.report().json["state"] == "sending"


def test_what_is_over_the_cap_of_a_day_waits(network, clock):
    partner = network.partner()
    for call in range(limits.ALERTS_A_DAY):
        assert partner.report().json["state"] == "sending"
        if call % 6 == 5:
            clock.forward(minutes=60)

    assert partner.report().json["state"] == "waiting"


def test_a_partner_who_calls_too_fast_is_slowed_down(network, clock):
    partner = network.partner()
    for _ in range(limits.CALLS_A_MINUTE):
        assert partner.report().status_code == 202
    before = rows(network.wiring)

    answer = partner.report()
    unchanged = rows(network.wiring) == before
    clock.forward(seconds=61)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert unchanged
    assert partner.report().status_code == 202


def test_one_partner_does_not_slow_down_another(network):
    fast, other = network.partner(name="Fast"), network.partner(name="Other")
    for _ in range(limits.CALLS_A_MINUTE + 1):
        fast.report()

    assert other.report().json["state"] == "sending"


def test_an_answer_never_holds_the_secret(network):
    partner = network.partner()
    secret = partner.secret.removeprefix(hooks.SECRET_PREFIX)
    answers = [
        partner.report(),
        partner.report(where=partner.secret, agency=partner.secret),
        partner.report(report=f"/{partner.secret}/"),
        partner.post(b"{", headers={"webhook-signature": partner.secret}),
    ]

    assert [answer.status_code for answer in answers] == [202, 400, 400, 401]
    for answer in answers:
        assert secret not in answer.get_data(as_text=True)
        assert secret not in str(answer.headers)
