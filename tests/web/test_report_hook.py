import pytest
from tests.rows import rows, queued

@pytest.mark.parametrize("n", range(10))
def test_x(network, n):
    partner = network.partner()
    before = rows(network.wiring)
    answer = partner.report(place={"zip": "00000"})
    print(answer.json)
    assert rows(network.wiring) == before
    assert queued(network.wiring) == 0
