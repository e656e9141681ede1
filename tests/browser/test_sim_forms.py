import re

from rapidresponse.rules.cast import PHONES
from tests.browser.demo import read, wait_for

FORM = {
    "activity": "work",
    "zip": "28205",
    "radius": "3",
    "where": "Central Ave & The Plaza",
    "agency": "CBP",
    "people": "4",
    "vehicles": "",
    "how": "photo",
    "minutes": "60",
}


def test_a_text_goes_to_the_network_and_its_answer_comes_back(demo):
    page = demo.follow("/sim/phones/sam?lang=es", {"body": "HELP"})

    assert "HELP" in page.text
    assert "Enviado:" in page.text
    assert "RedVecina" in demo.get("/sim/phones/sam/screen").text


def test_a_partner_reports_and_then_says_what_became_of_it(demo):
    demo.follow("/sim/phones/sam", {"chip": "JOIN 28205"})
    demo.follow("/sim/phones/sam", {"chip": "YES"})

    page = demo.follow("/sim/reports?lang=en", FORM)

    assert "202: taken" in page.text
    wait_for(lambda: "Sent Alert" in demo.get("/sim/progress?lang=en").text, "it is not sent")
    name = read(r'name="report" value="([^"]+)"', page.words)
    for kind, word in (("update", "Update"), ("ended", "Ending"), ("corrected", "Correction")):
        news = {"report": name, "kind": kind, "found": "police"}
        page = demo.follow("/sim/reports/follow-up?lang=en", news)
        assert "202: taken" in page.text
        wait_for(
            lambda word=word: f"Sent {word}" in demo.get("/sim/progress?lang=en").text,
            f"no {word} was sent",
        )


def test_every_problem_of_a_report_is_said_beside_its_field(demo):
    wrong = {"activity": "x", "zip": "1", "radius": "900", "people": "-1", "minutes": "soon"}

    page = demo.post("/sim/reports?lang=es", FORM | wrong)

    assert page.status == 422
    assert "Corrija lo marcado" in page.text
    for pointer in ("/activity", "/place/zip", "/radius_miles", "/people", "/expires_in_minutes"):
        assert f"<code>{pointer}</code>" in page.words
    assert 'value="soon"' in page.words
    assert "refresh" not in page.words


def test_a_follow_up_about_nothing_is_refused_in_words(demo):
    page = demo.post("/sim/reports/follow-up", {"report": "nobody-s", "kind": "ended"})

    assert page.status == 422
    assert "There is no report of yours by that name." in page.text


def test_a_page_without_a_script_reloads_itself_until_asked_not_to(demo):
    assert '<meta http-equiv="refresh" content="5">' in demo.get("/sim").words
    assert "refresh" not in demo.get("/sim?still=1").words.replace("hx-refresh", "")


def test_no_page_shows_a_practice_phone_s_number(demo):
    for path in ("/sim", "/sim/phones/lupe/screen", "/sim/progress"):
        words = demo.get(path).words
        assert not [phone for phone in PHONES if phone.number[2:] in re.sub(r"\D", "", words)]


def test_the_front_door_leads_to_the_practice_page(demo):
    answer = demo.get("/", **{"Accept-Language": "es"})

    assert answer.status == 303
    assert answer.headers["Location"] == "/sim?lang=es"
