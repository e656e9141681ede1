import pytest

from rapidresponse.places import open_gazetteer


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory):
    return open_gazetteer(tmp_path_factory.mktemp("places"))
