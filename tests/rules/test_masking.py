import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapidresponse.rules.masking import mask

GOES = {
    "vi la migra, mi A# 123456789": "123456789",
    "my A-number is 123-456-789": "123-456-789",
    "A123456789": "123456789",
    "my alien number 12345678": "12345678",
    "ssn 123-45-6789": "123-45-6789",
    "mi seguro es 123456789": "123456789",
    "call me 704 555 0101": "704 555 0101",
    "(704) 555-0101 es mi numero": "555-0101",
    "+17045550101": "7045550101",
    "mi esposo no tiene papeles": "no tiene papeles",
    "he is undocumented": "undocumented",
    "somos indocumentados": "indocumentados",
    "tengo DACA": "DACA",
    "me llamo Juan Perez": "Juan",
    "me llamo juan perez": "perez",
    "my name is Maria Lopez and": "Maria Lopez",
    "se llevaron a mi esposo Juan Perez": "Juan Perez",
    "se llevaron a mi esposo juan perez": "juan perez",
    "llevaron a Maria Lopez": "Maria Lopez",
    "agents at 1234 Central Ave": "1234",
    "en 56 Willow Street apt 5": "56",
    "knocking at apt 12b": "12b",
}
STAYS = [
    "MIGRA en la 14 y Willow, 4 agentes",
    "14 y Willow St",
    "12 agents on Central Ave",
    "10 min ago on Central Ave",
    "4 guys ICE vests 14th & willow",
    "ZIP 28205",
    "3 camionetas en la 77 y 85",
    "at 10:30 on I-85",
    "they took my brother",
    "se llevaron a mi esposo esta manana",
    "I am on Central",
    "took two people at the bus stop",
    "CHECK 28205",
]


@pytest.mark.parametrize("said", GOES)
def test_what_we_never_keep_is_taken_out(said):
    kept, kinds = mask(said)

    assert GOES[said] not in kept
    assert kinds


@pytest.mark.parametrize("said", STAYS)
def test_what_a_report_needs_stays(said):
    assert mask(said) == (said, ())


@given(st.text(max_size=80), st.integers(10**8, 10**9 - 1), st.text(max_size=80))
def test_no_long_number_outlives_it(before, number, after):
    kept, _ = mask(f"{before} A{number} {number}0 {after}")

    assert str(number) not in kept


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_more(said):
    once, _ = mask(said)

    assert len(re.findall(r"\d{9,}", mask(once)[0])) == 0
