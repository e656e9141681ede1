import secrets
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapidresponse.actions import outcomes
from rapidresponse.queue import connect
from rapidresponse.rules import tokens
from rapidresponse.rules.lifecycle import DeliveryState, News
from rapidresponse.rules.tokens import Attempt
from rapidresponse.sms.receipts import STREAM
from rapidresponse.store.models import Count, Delivery, Double
from tests import canary
from tests.network import spool_of
from tests.rows import rows

SID = "SM" + "ab" * 16
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def texted(network):
    """Maria was texted, and the carrier has said no more than that it took it."""
    network.phone("+17045550101").join()
    network.partner().report()
    network.run()
    return Texted(network)


class Texted:
    """One text on its way, and the carrier's calls about it."""

    def __init__(self, network):
        self._network = network
        [row] = rows(network.wiring)["deliveries"]
        self.alert, self.seq, self.sid = row.alert_id, row.seq, row.sid

    def token(self, attempt=1):
        return tokens.sign(self._network.wiring.token_key, Attempt(self.alert, self.seq, attempt))

    def says(self, status, *, attempt=1, signature=None, method="POST", path=None, **changes):
        path = path or f"/twilio/status/{self.token(attempt)}"
        form = {
            "MessageSid": self.sid,
            "MessageStatus": status,
            "AccountSid": self._network.wiring.config.twilio_account_sid,
            "To": "+17045550101",
        } | changes
        form = {name: value for name, value in form.items() if value is not None}
        signed = self._network.sign(path, form) if signature is None else signature
        return self._network.client.open(
            path, method=method, data=form, headers={"X-Twilio-Signature": signed}
        )

    @property
    def state(self):
        self._network.read_receipts()  # the first reading of an empty Redis makes the group
        self._network.read_receipts()
        [row] = rows(self._network.wiring)["deliveries"]
        return row.state


def test_a_receipt_is_buffered_without_a_phone_and_then_written_down(network, texted):
    answer = texted.says("delivered")

    [(_, kept)] = network.wiring.redis.xrange(STREAM)
    assert (answer.status_code, answer.data) == (204, b"")
    assert kept == {
        b"t": texted.token().encode(),
        b"s": b"delivered",
        b"i": texted.sid.encode(),
        b"c": b"",
    }
    canary.check_redis(network.wiring.redis)
    assert texted.state == "delivered"
    assert network.wiring.redis.xlen(STREAM) == 0
    assert network.told(texted.alert)["counts"] == {"delivered": 1}


REFUSED: dict[str, Any] = {
    "no signature": (403, {"signature": ""}),
    "noise for a signature": (403, {"signature": "AAAA"}),
    "letters beyond ASCII": (403, {"signature": "\xe9\xff"}),
    "another account": (400, {"AccountSid": "AC" + "1" * 32}),
    "no account": (400, {"AccountSid": None}),
    "no name": (400, {"MessageSid": None}),
    "a name that is none": (400, {"MessageSid": "SM1"}),
    "a name ending in a line break": (400, {"MessageSid": SID + "\n"}),
    "no status": (400, {"MessageStatus": None}),
    "a status in capitals": (400, {"MessageStatus": "DELIVERED"}),
    "a status that is a sentence": (400, {"MessageStatus": "it was delivered"}),
    "a code that is none": (400, {"ErrorCode": "abc"}),
    "a code that is too long": (400, {"ErrorCode": "1234567"}),
    "too many fields": (400, {f"X{n}": "1" for n in range(60)}),
    "too big": (413, {"X": "a" * 9000}),
    "a GET": (405, {"method": "GET"}),
    "a PUT": (405, {"method": "PUT"}),
    "a token that we did not make": (400, {"path": "/twilio/status/" + "A" * 32}),
    "a token that is too short": (400, {"path": "/twilio/status/AAAA"}),
    "no token": (400, {"path": "/twilio/status/"}),
    "a token with more": (400, {"path": "/twilio/status/" + "A" * 32 + "/x"}),
    "a token beyond ASCII": (400, {"path": "/twilio/status/%C3%A9" + "A" * 30}),
}


def test_a_receipt_that_is_wrong_is_refused_and_nothing_is_kept(network, texted):
    before = rows(network.wiring)

    told = {case: texted.says("delivered", **changes) for case, (_, changes) in REFUSED.items()}

    assert {case: answer.status_code for case, answer in told.items()} == {
        case: code for case, (code, _) in REFUSED.items()
    }
    assert {answer.data for answer in told.values()} == {b""}
    assert {answer.headers["Cache-Control"] for answer in told.values()} == {"no-store"}
    assert network.wiring.redis.xlen(STREAM) == 0
    assert rows(network.wiring) == before


def test_a_receipt_signed_for_another_text_is_refused(network, texted):
    form = {"MessageSid": texted.sid, "MessageStatus": "delivered"}
    signature = network.sign("/twilio/status/" + texted.token(2), form)

    assert texted.says("delivered", signature=signature).status_code == 403


BODIES: list[tuple[bytes, str | None, int]] = [
    (b"MessageStatus=%ff%fe", None, 403),
    (b"MessageStatus=\xff\xfe", None, 400),
    (b"", "0", 403),
    (b"x=1", "", 411),
    (b"x=1", "-3", 411),
    (b"x=1", "three", 411),
    (b"x=1", "3.0", 411),
    (b"x=1", "\xb2", 411),
    (b"x=1", "99999", 413),
]


def test_a_body_that_is_no_form_is_refused(network):
    def post(raw, length):
        given = {} if length is None else {"CONTENT_LENGTH": length}
        path = f"/twilio/status/{'A' * 32}"
        return network.client.post(path, data=raw, content_type=FORM, environ_overrides=given)

    told = [(raw, length, post(raw, length).status_code) for raw, length, _ in BODIES]

    assert told == BODIES
    assert network.wiring.redis.xlen(STREAM) == 0


def test_a_field_that_stands_twice_is_refused(network, texted):
    path = f"/twilio/status/{texted.token()}"
    account = network.wiring.config.twilio_account_sid
    raw = f"AccountSid={account}&MessageSid={texted.sid}&MessageStatus=sent&MessageStatus=sent"
    form = {"AccountSid": account, "MessageSid": texted.sid, "MessageStatus": "sent"}

    answer = network.client.post(
        path,
        data=raw.encode(),
        content_type=FORM,
        headers={"X-Twilio-Signature": network.sign(path, form)},
    )

    assert answer.status_code == 400


def test_other_addresses_are_not_the_receipts_door(network):
    assert network.client.post("/twilio/status").status_code == 404
    assert network.client.get("/health").status_code == 204


def test_with_redis_away_the_door_writes_the_receipt_down_itself(network, texted, monkeypatch):
    monkeypatch.setattr(network.wiring, "redis", connect("unix:///nowhere/at/all"))

    answer = texted.says("delivered")

    assert answer.status_code == 204
    assert [row.state for row in rows(network.wiring)["deliveries"]] == ["delivered"]


def test_with_redis_and_the_record_away_a_receipt_waits_until_one_is_back(
    network, texted, monkeypatch, record_is_read_only
):
    there = network.wiring.redis
    monkeypatch.setattr(network.wiring, "redis", connect("unix:///nowhere/at/all"))

    with record_is_read_only():
        answer = texted.says("delivered")
        assert not spool_of(network.app).flush(0)
    assert spool_of(network.app).flush(5)

    monkeypatch.setattr(network.wiring, "redis", there)
    assert answer.status_code == 204
    assert [row.state for row in rows(network.wiring)["deliveries"]] == ["delivered"]


def test_a_receipt_of_a_status_that_is_new_to_us_changes_nothing(texted):
    assert texted.says("teleported").status_code == 204
    assert texted.state == "accepted"


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["queued", "sending", "sent", "delivered"], "delivered"),
        (["delivered", "sent", "queued"], "delivered"),
        (["sent", "sent", "sent"], "sent"),
        (["undelivered", "delivered"], "delivered"),
        (["delivered", "undelivered", "failed"], "delivered"),
        (["failed", "sent"], "failed"),
        (["read", "delivered"], "delivered"),
    ],
)
def test_receipts_may_come_late_twice_and_shuffled(network, texted, statuses, state):
    for status in statuses:
        texted.says(status)

    assert texted.state == state
    assert network.told(texted.alert)["counts"] == {state: 1}


def test_a_receipt_may_come_before_the_answer_to_our_call(network, texted):
    with network.wiring.work() as work:
        row = work.session.scalars(sa.select(Delivery)).one()
        row.state, row.standing, row.sid = "intent", 11, None
        work.session.execute(sa.delete(Count))
        work.session.add(Count(alert_id=texted.alert, ring=row.ring, state="intent", n=1))
    texted.says("delivered")
    state = texted.state

    with network.wiring.work() as work:
        outcomes.record(
            work, texted.alert, [News(texted.seq, 1, DeliveryState.ACCEPTED, sid=texted.sid)]
        )

    assert state == texted.state == "delivered"


def test_a_receipt_that_says_they_left_is_learned(network, texted):
    texted.says("failed", ErrorCode="21610")

    assert texted.state == "failed"
    assert [row.state for row in rows(network.wiring)["subscribers"]] == ["left"]
    assert [row.source for row in rows(network.wiring)["opt_outs"]] == ["carrier"]


def test_a_receipt_that_says_nobody_is_there_bars_the_number_without_a_mark(network, texted):
    texted.says("undelivered", ErrorCode="30006")

    assert texted.state == "undelivered"
    assert [row.state for row in rows(network.wiring)["subscribers"]] == ["barred"]
    assert rows(network.wiring)["opt_outs"] == []


def test_a_receipt_of_a_second_text_is_counted_and_shown(network, texted):
    texted.says("sent", MessageSid="SM" + "cd" * 16)

    assert texted.state == "sent"
    assert network.told(texted.alert)["second_texts"] == 1


D = DeliveryState
ONE, TWO = "SM" + "11" * 16, "SM" + "22" * 16
# All that may be said about two attempts: the first was lost and then turned up, the second went.
EVERYTHING = [
    News(1, 1, D.IN_DOUBT),
    News(1, 1, D.PENDING),
    News(1, 1, D.SENT, sid=ONE),
    News(1, 1, D.UNDELIVERED, sid=ONE, code=30003),
    News(1, 2, D.ACCEPTED, sid=TWO),
    News(1, 2, D.SENT, sid=TWO),
    News(1, 2, D.DELIVERED, sid=TWO),
]


@given(st.permutations(EVERYTHING), st.integers(1, 7))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_the_order_the_highest_truth_stands(wiring, news, size):
    alert = fresh_alert(wiring)

    for part in cut(news, size):
        with wiring.work() as work:
            outcomes.record(work, alert, list(part))

    with wiring.look() as work:
        row = work.session.get_one(Delivery, (alert, 1))
        counted = work.session.execute(
            sa.select(Count.state, Count.n).where(Count.alert_id == alert, Count.n != 0)
        ).all()
        doubles = work.session.scalars(sa.select(Double.sid).where(Double.alert_id == alert))
        assert row.state == "delivered"
        assert {tuple(one) for one in counted} == {("delivered", 1)}
        assert set(doubles) <= {ONE, TWO}
        assert len({*doubles, row.sid}) <= 2


@given(st.permutations([item for item in EVERYTHING if item.state is not D.DELIVERED]))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_without_a_delivery_the_latest_attempt_stands(wiring, news):
    alert = fresh_alert(wiring)

    for item in [*news, *news]:
        with wiring.work() as work:
            outcomes.record(work, alert, [item])

    with wiring.look() as work:
        assert work.session.get_one(Delivery, (alert, 1)).state == "sent"


def cut(news, size):
    return [news[at : at + size] for at in range(0, len(news), size)]


def fresh_alert(wiring):
    """Write an alert with one text whose second attempt has just been intended."""
    with wiring.work() as work:
        report = work.run(
            "INSERT INTO partners (id, name, trust, secret, added_at)"
            " VALUES (:key, :name, 'publish', :none, '2026-01-01') RETURNING id",
            key=secrets.randbits(50),
            name=secrets.token_hex(8),
            none=b"",
        ).scalar_one()
        report = work.run(
            "INSERT INTO reports (partner_id, name, received_at, facts)"
            " VALUES (:partner, 'r', '2026-01-01', '{}') RETURNING id",
            partner=report,
        ).scalar_one()
        alert = a_sending_alert(work, report)
        work.session.add(
            Delivery(
                alert_id=alert,
                seq=1,
                subscriber_id=1,
                ring=0,
                language="en",
                state="intent",
                attempt=2,
                standing=21,
            )
        )
        work.session.add(Count(alert_id=alert, ring=0, state="intent", n=1))
    return alert


def a_sending_alert(work, report):
    from rapidresponse.store.models import Alert  # noqa: PLC0415 - beside the rows it belongs to

    alert = Alert(
        report_id=report,
        kind="alert",
        mode="practice",
        state="sending",
        ref="A10",
        area="Charlotte 28205",
        timezone="America/New_York",
        places_version="1",
        audience=1,
        created_at=work.now,
        expires_at=work.moment + 3600,
    )
    work.session.add(alert)
    work.session.flush()
    return int(alert.id)
