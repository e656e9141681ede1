from dataclasses import replace

import pytest

from rapidresponse.actions import partners
from rapidresponse.rules.cast import PARTNER
from rapidresponse.web import create_app
from tests import canary


@pytest.fixture
def page(network):
    """The practice page; its carrier is there, but cannot reach our web hooks."""

    def ask(path, form=None, language="es", **headers):
        method = "GET" if form is None else "POST"
        path = f"/sim{path}?lang={language}"
        answer = network.client.open(path, method=method, data=form, headers=headers)
        canary.check("the practice page", answer.get_data(as_text=True))
        return answer

    return ask


def test_an_empty_text_and_one_too_long_are_explained(page):
    empty = page("/phones/lupe", {"body": "  "})
    long = page("/phones/lupe", {"body": "a" * 1700})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Escriba algo primero" in empty.text
    assert "este tiene 1,700" in long.text


@pytest.mark.parametrize("body", ["\0", "ñ" * 1600, "<script>", "\N{GRINNING FACE}"])
def test_a_text_that_the_network_cannot_hear_is_explained(page, body):
    answer = page("/phones/lupe", {"body": body})

    assert answer.status_code == 422
    assert "La red no tomó este mensaje" in answer.text
    assert "<script>" not in answer.text.split("</head>")[1]


@pytest.mark.parametrize(
    "path", ["/phones/nobody", "/phones/%2B17045550190", "/phones/lupe%00", "/phones/nobody/screen"]
)
def test_an_unknown_phone_is_said_so_in_the_reader_s_language(page, path):
    answer = page(path)

    assert answer.status_code == 404
    assert "Aquí no hay ese teléfono" in answer.text
    assert '<html lang="es">' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_is_refused(page, headers):
    answer = page("/phones/lupe", {"body": "ALTO"}, "en", **headers)

    assert answer.status_code == 403
    assert "sent from another site" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
    ],
)
def test_our_own_forms_are_taken(page, headers):
    answer = page("/weather", {"latency": "5", "fail": "0"}, **headers)

    assert answer.status_code == 303


def test_weather_is_set_and_nonsense_is_explained(page, carrier):
    page("/weather", {"latency": "250", "fail": "10"})
    wrong = page("/weather", {"latency": "nan", "fail": "101"}, "en")

    knobs = carrier.knobs()
    assert (knobs["latency_ms"], knobs["fail_share"], knobs["callbacks"]) == (250, 0.1, False)
    assert wrong.status_code == 422
    assert "from 0 to 10,000" in wrong.text
    assert "from 0 to 100." in wrong.text


def test_a_carrier_that_is_not_there_is_said_so(wiring):
    wiring.config = replace(wiring.config, twilio_api_url="http://127.0.0.1:1")
    client = create_app(wiring).test_client()

    page = client.get("/sim?lang=en")
    text = client.post("/sim/phones/sam?lang=en", data={"chip": "YES"})

    assert page.status_code == 200
    assert page.text.count("The practice carrier is not there") == 4
    assert text.status_code == 422


def test_a_web_hook_that_does_not_answer_is_said_so_and_the_partner_is_kept(page, wiring):
    answer = page("/reports", {"zip": "28205"}, "en")
    again = page("/reports", {"zip": "28205"}, "en")

    assert (answer.status_code, again.status_code) == (422, 422)
    assert "The web hook did not answer" in answer.text
    with wiring.look() as work:
        assert partners.secret_of(work, PARTNER)


def test_stopping_what_was_never_there_is_explained(page):
    assert page("/alerts/99/halt", {}).status_code == 422
    assert page("/alerts/99999999999999999999/halt", {}).status_code == 404


def test_the_language_is_asked_for_else_the_browser_s_else_english(network):
    def language(path, **headers):
        return network.client.get(path, headers=headers).text.split('<html lang="')[1][:2]

    assert language("/sim?lang=es", **{"Accept-Language": "en"}) == "es"
    assert language("/sim", **{"Accept-Language": "es-MX,es;q=0.9"}) == "es"
    assert language("/sim?lang=fr") == "en"


def test_a_form_that_was_refused_can_be_reloaded(page):
    assert page("/phones/lupe").location == "/sim?lang=es#phone-lupe"
    assert page("/reports").location == "/sim?lang=es"


def test_a_live_network_has_no_practice_page(wiring):
    wiring.config = replace(wiring.config, mode="live")
    client = create_app(wiring).test_client()

    assert client.get("/sim").status_code == 404
    assert client.post("/sim/phones/lupe", data={"body": "STOP"}).status_code == 404
    assert client.get("/").status_code == 404


def test_the_page_is_kept_inside_the_strict_policy(page):
    answer = page("")

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "Set-Cookie" not in answer.headers
