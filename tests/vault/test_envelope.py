import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.store.sealed import FIND_OPT_OUT, FIND_SUBSCRIBER, PARTNER_SECRET, PHONE
from rapidresponse.vault import Field, KeyGone, Keyring, Vault

NUMBER = "+17045550101"
ROW = 7
RING = Keyring.fresh()
VAULT = Vault(RING)
SEALED = VAULT.seal(NUMBER, PHONE, ROW)


def test_what_was_sealed_opens_in_its_own_place():
    assert VAULT.open(SEALED, PHONE, ROW) == NUMBER


@given(st.text(max_size=20).filter(lambda text: len(text.encode()) < 96))
def test_whatever_fits_comes_back_as_it_was(text):
    assert VAULT.open(VAULT.seal(text, PARTNER_SECRET, ROW), PARTNER_SECRET, ROW) == text


def test_the_envelope_is_as_long_for_every_number_and_shows_nothing():
    envelopes = [VAULT.seal(text, PHONE, ROW) for text in ("", "1", NUMBER, "+1" + "9" * 15)]

    assert {len(envelope) for envelope in envelopes} == {len(SEALED)}
    assert all(NUMBER.encode()[3:] not in envelope for envelope in envelopes)
    assert VAULT.seal(NUMBER, PHONE, ROW) != SEALED


@pytest.mark.parametrize("bit", range(len(SEALED) * 8))
def test_one_flipped_bit_keeps_it_shut(bit):
    changed = bytearray(SEALED)
    changed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(KeyGone):
        VAULT.open(bytes(changed), PHONE, ROW)


@pytest.mark.parametrize("length", [0, 1, 5, 17, 33, len(SEALED) - 1])
def test_a_torn_envelope_stays_shut(length):
    with pytest.raises(KeyGone):
        VAULT.open(SEALED[:length], PHONE, ROW)


def test_a_longer_envelope_stays_shut():
    with pytest.raises(KeyGone):
        VAULT.open(SEALED + b"\0", PHONE, ROW)


@pytest.mark.parametrize(
    ("field", "row"),
    [
        (PHONE, ROW + 1),
        (dataclasses.replace(PHONE, column="other"), ROW),
        (dataclasses.replace(PHONE, table="partners"), ROW),
        (PARTNER_SECRET, ROW),
    ],
    ids=["another row", "another column", "another table", "another field"],
)
def test_a_value_moved_elsewhere_stays_shut(field, row):
    with pytest.raises(KeyGone):
        VAULT.open(SEALED, field, row)


def test_nothing_opens_once_its_key_is_gone():
    ring = dataclasses.replace(RING, active=2, data={2: Keyring.fresh().data[1]})

    with pytest.raises(KeyGone) as gone:
        Vault(ring).open(SEALED, PHONE, ROW)
    assert NUMBER not in str(gone.value)
    assert gone.value.__cause__ is None


def test_an_old_key_still_opens_and_the_active_one_seals():
    ring = dataclasses.replace(RING, active=2, data=RING.data | {2: Keyring.fresh().data[1]})
    vault = Vault(ring)

    fresh = vault.seal(NUMBER, PHONE, ROW)

    assert vault.open(SEALED, PHONE, ROW) == vault.open(fresh, PHONE, ROW) == NUMBER
    with pytest.raises(KeyGone):
        VAULT.open(fresh, PHONE, ROW)


def test_another_installation_cannot_open_it_with_the_same_keys():
    with pytest.raises(KeyGone):
        Vault(dataclasses.replace(RING, install="another")).open(SEALED, PHONE, ROW)


@pytest.mark.parametrize("value", ["9" * 18, "é" * 9, "x" * 1000])
def test_a_value_that_does_not_fit_is_refused(value):
    with pytest.raises(ValueError, match="does not fit"):
        VAULT.seal(value, PHONE, ROW)


def test_every_field_we_have_holds_what_it_is_for():
    assert VAULT.open(VAULT.seal("+1" + "9" * 15, PHONE, 1), PHONE, 1)
    assert Field("t", "c", 256).size <= 256


def test_an_index_finds_the_same_number_for_the_same_purpose_only():
    subscriber, opt_out = (VAULT.index(NUMBER, use) for use in (FIND_SUBSCRIBER, FIND_OPT_OUT))

    assert subscriber == Vault(RING).index(NUMBER, FIND_SUBSCRIBER)
    assert len(subscriber) == len(opt_out) == 32
    assert subscriber != opt_out
    assert subscriber != VAULT.index("+17045550102", FIND_SUBSCRIBER)
    assert subscriber != Vault(Keyring.fresh()).index(NUMBER, FIND_SUBSCRIBER)
    assert subscriber != Vault(dataclasses.replace(RING, install="x")).index(
        NUMBER, FIND_SUBSCRIBER
    )


def test_many_indexes_are_the_same_as_one_by_one():
    numbers = [NUMBER, "+17045550102"]

    assert VAULT.indexes(numbers, FIND_OPT_OUT) == [
        VAULT.index(number, FIND_OPT_OUT) for number in numbers
    ]
