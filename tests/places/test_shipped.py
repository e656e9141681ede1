import gzip
import hashlib
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from rapidresponse.places import open_gazetteer, shipped


def _recorded():
    lines = shipped.CHECKSUMS.read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_the_shipped_file_is_the_one_its_checksum_describes():
    packed = shipped.PACKED.read_bytes()

    assert hashlib.sha256(packed).hexdigest() == _recorded()["places.sqlite.gz"]
    assert hashlib.sha256(gzip.decompress(packed)).hexdigest() == _recorded()["places.sqlite"]


def test_the_shipped_file_stays_small():
    assert shipped.PACKED.stat().st_size < 5_000_000


def test_the_shipped_file_is_sound(tmp_path):
    database = sqlite3.connect(shipped.unpack(tmp_path))

    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    database.close()


def test_unpacking_twice_writes_once(tmp_path):
    first = shipped.unpack(tmp_path)
    written = first.stat().st_mtime_ns

    assert shipped.unpack(tmp_path) == first
    assert first.stat().st_mtime_ns == written
    assert list(tmp_path.iterdir()) == [first]


def test_many_may_unpack_at_once(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: shipped.unpack(tmp_path / "new"), range(8)))

    assert list((tmp_path / "new").iterdir()) == list(paths)


def test_the_cache_is_for_our_eyes_only(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    folder = shipped.unpack().parent

    assert folder == tmp_path / "rapidresponse"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_cache_that_cannot_be_made_is_made_among_temporary_files(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert shipped.unpack().is_relative_to(tmp_path)


def test_a_cache_that_others_may_write_in_is_not_used(tmp_path, monkeypatch):
    (tmp_path / "rapidresponse").mkdir()
    (tmp_path / "rapidresponse").chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert shipped.unpack().parent != tmp_path / "rapidresponse"


def test_many_threads_may_ask_at_once(tmp_path):
    gazetteer = open_gazetteer(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        cities = set(pool.map(lambda _: gazetteer.place("28205").city, range(200)))

    assert cities == {"Charlotte"}


def test_importing_reads_nothing():
    script = (
        "import sys, builtins, rapidresponse.places\n"
        "assert 'rapidresponse.places.build' not in sys.modules\n"
        "assert not any(name.split('.')[0] in {'flask', 'redis', 'sqlalchemy', 'twilio'}"
        " for name in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
