import json

import pytest

from rapidresponse.actions import partners
from rapidresponse.errors import Conflict, Invalid, NotAllowed, NotFound
from rapidresponse.rules import hooks
from rapidresponse.rules.hooks import Signed
from rapidresponse.store.models import Partner

BODY = json.dumps({"type": "report.verified"}).encode()


def call(secret, work, body=BODY):
    stamp = int(work.moment)
    return Signed("msg_1", str(stamp), hooks.sign(secret, "msg_1", stamp, body), body)


def test_a_partner_is_recognised_by_its_own_secret_only(work):
    one, secret = partners.add(work, "One", trust="publish")
    other, _ = partners.add(work, "Other", trust="review")

    found = partners.recognise(work, str(one), call(secret, work))

    assert (found.id, found.trust) == (one, "publish")
    for key in (other, one + 1, "", "x", f"{one} "):
        with pytest.raises(NotAllowed):
            partners.recognise(work, str(key), call(secret, work))


def test_the_secret_is_sealed_and_bound_to_its_row(work):
    one, secret = partners.add(work, "One", trust="publish")
    other, _ = partners.add(work, "Other", trust="publish")
    work.session.flush()
    rows = {key: work.session.get_one(Partner, key) for key in (one, other)}

    rows[other].secret = rows[one].secret

    assert secret.encode() not in rows[one].secret
    with pytest.raises(Exception, match="cannot be opened"):
        partners.secret_of(work, "Other")


def test_the_secret_can_be_read_again_for_practice(work):
    added = partners.add(work, "One", trust="publish")

    assert partners.secret_of(work, "One") == added
    with pytest.raises(NotFound, match="no partner called Two"):
        partners.secret_of(work, "Two")


def test_a_name_is_trimmed_and_given_once(work):
    partners.add(work, "  Casa Común  ", trust="publish")

    with pytest.raises(Conflict):
        partners.add(work, "Casa Común", trust="review")


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\tb", "a\u202eb"])
def test_a_name_can_be_read(work, name):
    with pytest.raises(Invalid):
        partners.add(work, name, trust="review")


def test_a_call_is_remembered_for_its_partner_only(work):
    one, other = (
        work.session.get_one(Partner, partners.add(work, name, trust="publish")[0])
        for name in ("One", "Other")
    )

    partners.remember(work, one, "msg_1", {"alert": 1})
    work.session.flush()

    assert partners.answered(work, one, "msg_1") == {"alert": 1}
    assert partners.answered(work, other, "msg_1") is None
    assert partners.answered(work, one, "msg_2") is None
