import pytest
import sqlalchemy as sa

from rapidresponse.actions import notices, subscribers
from rapidresponse.rules.lifecycle import DeliveryState, News
from rapidresponse.store.models import Mailing, Notice

ANA, BEA = "+17045550101", "+17045550102"


def post(network, *letters, **options):
    with network.wiring.work() as work:
        given = [notices.Letter(phone, body) for phone, body in letters]
        mailing = notices.post(work, "outcome", given, **options)
        assert mailing is not None
        return mailing.id


def states(network):
    with network.wiring.look() as work:
        return list(work.session.scalars(sa.select(Notice.state).order_by(Notice.seq)))


def inbox(network, number):
    return network.phone(number).inbox


def test_each_text_arrives_once_in_its_words(network):
    post(network, (ANA, "for Ana"), (BEA, "for Bea"))
    network.run()
    network.tick()

    assert (inbox(network, ANA), inbox(network, BEA)) == (["for Ana"], ["for Bea"])
    with network.wiring.look() as work:
        assert work.session.scalars(sa.select(Mailing.state)).one() == "done"


def test_number_and_words_are_gone_once_it_was_taken(network):
    post(network, (ANA, "for Ana"))
    network.run()

    with network.wiring.look() as work:
        one = work.session.scalars(sa.select(Notice)).one()
    assert (one.phone, one.body, one.state) == (None, None, "accepted")


def test_whoever_asked_us_to_stop_gets_none(network):
    with network.wiring.work() as work:
        subscribers.opt_out(work, ANA)
    post(network, (ANA, "for Ana"), (BEA, "for Bea"))
    network.run()

    assert (inbox(network, ANA), inbox(network, BEA)) == ([], ["for Bea"])
    assert states(network) == ["suppressed", "accepted"]


def test_what_was_never_queued_leaves_at_the_next_look(network, clock):
    post(network, (ANA, "for Ana"))
    network.wiring.redis.flushall()
    clock.forward(seconds=5)
    network.tick()

    assert inbox(network, ANA) == ["for Ana"]


def test_nothing_leaves_before_its_time(network, clock):
    post(network, (ANA, "later"), not_before=clock().timestamp() + 60)
    network.tick()
    before = inbox(network, ANA)
    clock.forward(seconds=61)
    network.tick()

    assert (before, inbox(network, ANA)) == ([], ["later"])


@pytest.mark.parametrize("was_taken", [False, True])
def test_a_worker_that_dies_after_its_intent_loses_and_doubles_nothing(network, clock, was_taken):
    mailing = post(network, (ANA, "for Ana"))
    network.wiring.redis.flushall()
    with network.wiring.work() as work:
        [ready] = notices.intend(work, mailing, most=10)
    if was_taken:
        hand_over(network, ready)
    for _ in range(4):
        clock.forward(seconds=notices.LOST_SECONDS + network.wiring.config.settle_seconds)
        network.tick()

    assert inbox(network, ANA) == ["for Ana"]
    assert states(network) == ["accepted"]


def hand_over(network, ready):
    """Let the carrier take a text whose worker then dies before it writes the answer down."""
    from rapidresponse.sms.provider import Text  # noqa: PLC0415
    from workers.jobs import sender  # noqa: PLC0415

    name = network.wiring.config.twilio_messaging_service_sid
    line = sender().senders.pick()
    assert line is not None
    text = Text(ready.phone, ready.body, "x" * 32, 3600, name or line.name)
    sender().run(sender().provider().send(text))


def test_a_receipt_moves_a_text_on(network, carrier):
    carrier.knobs(callbacks=False)
    post(network, (ANA, "for Ana"))
    network.run()
    with network.wiring.work() as work:
        one = work.session.scalars(sa.select(Notice)).one()
        news = News(one.seq, one.attempt, DeliveryState.DELIVERED, sid=one.sid)
        notices.record(work, one.mailing_id, [news])
        notices.record(work, one.mailing_id, [news])

    assert states(network) == ["delivered"]


def test_two_equal_texts_in_doubt_are_not_settled_by_one_of_the_carriers(network, clock):
    mailing = post(network, (ANA, "the same"), (ANA, "the same"))
    network.wiring.redis.flushall()
    with network.wiring.work() as work:
        first, _ = notices.intend(work, mailing, most=10)
    hand_over(network, first)
    for _ in range(4):
        clock.forward(seconds=notices.LOST_SECONDS + 2 * network.wiring.config.settle_seconds)
        network.tick()

    assert inbox(network, ANA) == ["the same", "the same"]


@pytest.mark.parametrize(("code", "state"), [(21614, "failed"), (21610, "suppressed")])
def test_a_refused_number_is_not_tried_again(network, clock, code, state):
    mailing = post(network, (ANA, "for Ana"))
    network.wiring.redis.flushall()
    with network.wiring.work() as work:
        [ready] = notices.intend(work, mailing, most=10)
        word = DeliveryState.SUPPRESSED if state == "suppressed" else DeliveryState.FAILED
        notices.record(work, mailing, [News(1, ready.attempt.number, word, code=code)])
    clock.forward(seconds=300)
    network.tick()

    assert (inbox(network, ANA), states(network)) == ([], [state])
    with network.wiring.look() as work:
        one = work.session.scalars(sa.select(Notice)).one()
    assert (one.phone, one.body) == (None, None)


def test_a_number_whose_key_is_gone_holds_nobody_else_up(network):
    with network.wiring.work() as work:
        letters = [notices.Letter(ANA, "for Ana"), notices.Letter(BEA, "for Bea")]
        mailing = notices.post(work, "outcome", letters)
        assert mailing is not None
        work.session.flush()
        work.session.execute(sa.update(Notice).where(Notice.seq == 1).values(phone=b"broken"))
    network.run()

    assert (states(network), inbox(network, BEA)) == (["failed", "accepted"], ["for Bea"])
