import json
import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from rapidresponse.errors import Misconfigured
from rapidresponse.vault import Keyring


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "keyring.json"


def saved(path, **changes):
    """Write a good ring with members changed; None takes one away."""
    Keyring.fresh().write(path)
    whole = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({name: value for name, value in whole.items() if value is not None}))


def test_a_ring_that_was_written_is_read_again(path):
    ring = Keyring.fresh()
    ring.write(path)

    assert Keyring.read(path) == ring


def test_nobody_else_can_read_the_file_or_its_folder(path):
    Keyring.fresh().write(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o601])
def test_a_file_that_others_may_read_is_refused_with_the_remedy(path, mode):
    Keyring.fresh().write(path)
    path.chmod(mode)

    with pytest.raises(Misconfigured, match=rf"^KEYRING_FILE: .* run: chmod 600 {path}$"):
        Keyring.read(path)


def test_a_missing_file_is_refused_with_the_remedy(path):
    with pytest.raises(Misconfigured, match=r"^KEYRING_FILE: .*rapidresponse keyring make"):
        Keyring.read(path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "7", '"x"', "{}", "\x00", '{"data": []}', "é" * 9]
)
def test_a_damaged_file_is_refused(path, text):
    Keyring.fresh().write(path)
    path.write_text(text)

    with pytest.raises(Misconfigured, match=r"^KEYRING_FILE: is damaged"):
        Keyring.read(path)


def test_a_file_that_is_not_text_is_refused(path):
    Keyring.fresh().write(path)
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(Misconfigured, match=r"^KEYRING_FILE: is damaged"):
        Keyring.read(path)


KEY = "A" * 43 + "="


@pytest.mark.parametrize(
    "changes",
    [
        {"data": {"1": "AAAA"}},
        {"data": {"1": KEY + KEY}},
        {"data": {"1": "not base64!"}},
        {"data": {"one": KEY}},
        {"data": {"1": None}},
        {"data": {}},
        {"data": {"1": KEY}, "index": {"1": KEY}},
        {"index": {}},
        {"index": None},
        {"active": 2},
        {"active": None},
        {"active": "x"},
        {"install": None},
        {"install": 7},
        {"install": ""},
    ],
)
def test_a_ring_that_is_not_whole_is_refused(path, changes):
    saved(path, **changes)

    with pytest.raises(Misconfigured, match=r"^KEYRING_FILE: is damaged"):
        Keyring.read(path)


def test_no_refusal_shows_a_key(path):
    saved(path, active=9)
    keys = json.loads(path.read_text())

    with pytest.raises(Misconfigured) as refused:
        Keyring.read(path)
    assert not any(key in str(refused.value) for key in keys["data"].values())


def test_a_ring_does_not_print_its_keys():
    ring = Keyring.fresh()

    assert "data" not in repr(ring)
    assert "index" not in repr(ring)


def test_an_existing_ring_is_never_overwritten(path):
    first = Keyring.fresh()
    first.write(path)

    Keyring.fresh().write(path)

    assert Keyring.read_or_make(path) == first
    assert list(path.parent.iterdir()) == [path]


def _make(path):
    return Keyring.read_or_make(path)


def test_two_processes_that_make_it_at_once_have_the_same(path):
    with multiprocessing.get_context("spawn").Pool(3) as processes:
        rings = processes.map(_make, [path] * 12)

    assert len({ring.install for ring in rings}) == 1
    assert [ring.data for ring in rings] == [rings[0].data] * 12


def test_two_processes_of_the_same_number_that_make_it_at_once_have_the_same(path):
    # Two containers have a process 1 each, and may share the folder; threads share one too.
    for round_ in range(20):
        here = path.with_name(f"{round_}.json")
        with ThreadPoolExecutor(8) as threads:
            rings = list(threads.map(_make, [here] * 8))
        assert len({ring.install for ring in rings}) == 1


def test_a_file_left_by_a_writer_that_died_is_no_obstacle(path):
    path.parent.mkdir(parents=True)
    path.with_name(f"{path.name}.{os.getpid()}").write_text("half")

    assert Keyring.read_or_make(path).active == 1
