import random

import pytest
import sqlalchemy as sa

from rapidresponse.actions import audience, following, regions
from rapidresponse.errors import Invalid, NotFound
from rapidresponse.places import areas_of, region_of
from rapidresponse.store.models import AlertArea, AlertRegion, Area, Delivery, Followers, Subscriber
from rapidresponse.store.models.base import fresh_id

ZIPS = [f"zip:{code}" for code in ("28205", "28202", "28206", "28231", "10001")]
OTHERS = ["county:37119", "city:37119/charlotte", "city:37119/plaza-midwood", "county:06037"]


def person(work, *followed, language="en"):
    """Add somebody who follows some areas."""
    key = fresh_id()
    work.session.add(Subscriber(id=key, state="active", language=language))
    work.session.flush()
    following.follow(work, key, followed, language)
    return key


def reach(work, gazetteer, place, miles=None):
    """Return who would be reached, as {(ring, language): people}."""
    areas = areas_of(region_of(place, miles, gazetteer), gazetteer)
    return {(s.ring, s.language): s.people for s in audience.count(work, areas)}


def counted(work):
    rows = work.session.execute(sa.select(Followers))
    return {(row.area, row.together, row.language): row.n for row in rows.scalars()}


@pytest.fixture
def gazetteer(wiring):
    return wiring.gazetteer


def test_each_person_is_counted_once_in_their_nearest_ring(work, gazetteer):
    person(work, "zip:28205", "county:37119", "city:37119/charlotte", "zip:28204")
    person(work, "zip:28204", "zip:28207", language="es")
    person(work, "county:37119", "zip:10001", language="both")
    person(work, "zip:10001")

    assert reach(work, gazetteer, {"zip": "28205"}, 3) == {
        (0, "en"): 1,
        (0, "both"): 1,
        (1, "es"): 1,
    }
    assert reach(work, gazetteer, {"zip": "10001"}) == {(0, "en"): 1, (0, "both"): 1}


@pytest.mark.parametrize(
    ("area", "hears"),
    [
        ("zip:28205", True),
        ("county:37119", True),
        ("city:37119/charlotte", True),
        ("city:37119/plaza-midwood", True),
        ("zip:28277", False),
        ("county:37025", False),
        ("city:37025/concord", False),
        ("group:36061/new-york-city", False),
    ],
)
def test_whoever_follows_something_around_a_zip_hears_of_it(work, gazetteer, area, hears):
    person(work, area)

    assert bool(reach(work, gazetteer, {"zip": "28205"})) is hears


def test_the_people_of_a_region_are_told_apart_by_county(work, gazetteer):
    person(work, "zip:28205", "county:37025")
    person(work, "county:37025")
    person(work, "zip:10001")
    region = region_of({"county_fips": "37119", "neighbours": True}, None, gazetteer)

    people = audience.by_county(work, region, gazetteer)

    assert (people["37119"], people["37025"], sum(people.values())) == (1, 1, 2)


def test_counts_stay_true_whatever_people_do(work):
    dice = random.Random(7)
    people = [person(work, *dice.sample(ZIPS + OTHERS, dice.randint(1, 5))) for _ in range(20)]
    for _ in range(120):
        someone, language = dice.choice(people), dice.choice(["en", "es", "both"])
        if dice.random() < 0.4:
            following.read_in(work, someone, language)
        else:
            following.follow(
                work, someone, dice.sample(ZIPS + OTHERS, dice.randint(0, 5)), language
            )

    assert counted(work) == {key: n for key, n in following.recount(work).items() if n}


def test_nothing_is_left_of_whoever_leaves(network):
    maria = network.phone("+17045550101")
    maria.text("UNIRSE Charlotte")
    maria.text("SI")

    maria.text("ALTO")

    with network.wiring.look() as work:
        assert counted(work) == {}
        assert work.session.scalars(sa.select(Area)).all() == []


def test_practice_people_are_counted_too(network):
    network.people(60)

    with network.wiring.look() as work:
        assert counted(work) == dict(following.recount(work))
        assert sum(counted(work).values()) == 60


def test_an_alert_texts_exactly_its_audience_nearest_first(network):
    with network.wiring.work() as work:
        people = [
            person(work, "county:37119"),
            person(work, "zip:28204", "zip:28205", "county:37119"),
            person(work, "zip:28204", language="es"),
            person(work, "city:37119/charlotte", "zip:28231", language="both"),
        ]
        person(work, "zip:10001")

    answer = network.partner().report()
    network.run()

    with network.wiring.look() as work:
        rows = work.session.execute(sa.select(Delivery).order_by(Delivery.seq)).scalars().all()
        assert answer.json["audience"] == len(people)
        assert sorted(row.subscriber_id for row in rows) == sorted(people)
        assert [row.ring for row in rows] == sorted(row.ring for row in rows)
        assert rows[-1].language == "es"


def test_an_alert_keeps_its_zips_and_its_areas(network):
    answer = network.partner().report()

    with network.wiring.look() as work:
        region = work.session.get_one(AlertRegion, answer.json["alert"])
        first = work.session.get_one(AlertArea, (answer.json["alert"], 1))
        assert region.zips[0] == ["28205", 0]
        assert (first.area, first.ring) == ("zip:28205", 0)


def test_a_named_region_stays_as_it_was_drawn(work, gazetteer):
    drawn = region_of({"zips": ["28205", "28202"]}, None, gazetteer)

    regions.define(work, " East  Side ", drawn)

    kept = regions.named(work, "east side")
    assert (kept.kind, kept.label, kept.version) == ("named", "East Side", gazetteer.version)
    assert kept.rings == drawn.rings
    assert [each.label for each in regions.every(work)] == ["East Side"]


def test_a_name_given_again_means_the_new_region(work, gazetteer):
    regions.define(work, "East Side", region_of({"zip": "28205"}, None, gazetteer))
    regions.define(work, "EAST SIDE", region_of({"zip": "28202"}, None, gazetteer))

    assert regions.named(work, "East Side").rings == (("28202", 0),)


@pytest.mark.parametrize("name", ["", "x", " ", "a" * 25, "drop\x00table", "<b>", "line\nbreak!"])
def test_a_name_that_is_none_is_refused(work, gazetteer, name):
    with pytest.raises(Invalid):
        regions.define(work, name, region_of({"zip": "28205"}, None, gazetteer))

    assert regions.every(work) == []


def test_a_region_that_nobody_named_is_not_found(work):
    with pytest.raises(NotFound):
        regions.named(work, "Atlantis")


def test_at_most_five_areas_are_followed(network):
    maria = network.phone("+17045550101")
    for code in ("28205", "28202", "28206", "28277", "10001"):
        maria.join(code)

    [answer] = maria.text("JOIN Raleigh")

    assert "5" in answer
    with network.wiring.look() as work:
        assert len(work.session.scalars(sa.select(Area)).all()) == 5
