import re

import pytest

from tests.browser import chromium
from tests.browser.demo import read, wait_for

pytestmark = pytest.mark.browser

EVERY_LOOK = [
    (language, size) for language in ("en", "es") for size in (chromium.PHONE, chromium.DESK)
]
WORDS = {
    "en": {"practice": "PRACTICE", "send": "Sign and send the report", "taken": "202: taken"},
    "es": {"practice": "PRÁCTICA", "send": "Firmar y mandar el reporte", "taken": "202: tomado"},
}
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, input[type=text], .jump a")]
  .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""


@pytest.mark.parametrize(("language", "size"), EVERY_LOOK)
def test_the_page_fits_in_every_language_and_width(window, language, size):
    look = window(language, size)

    page = look.open()

    page.locator("#live:not([hidden])").wait_for()
    assert look.overflow() == 0
    assert page.locator("html").get_attribute("lang") == language
    assert WORDS[language]["practice"] in page.locator("header p").inner_text()
    assert page.evaluate(SMALL_TARGETS) == []
    assert not re.search(r"704.?555.?019\d", page.content())


@pytest.mark.parametrize(("language", "size"), [("es", chromium.PHONE), ("en", chromium.DESK)])
def test_lupe_signs_up_a_partner_reports_and_her_phone_shows_the_spanish_alert(
    window, language, size
):
    look = window(language, size)
    page = look.open()
    look.tap("lupe", "UNIRSE 28205")
    look.tap("lupe", "SI")

    page.get_by_role("button", name=WORDS[language]["send"]).click()

    answer = page.locator(".answer.taken").inner_text()
    assert WORDS[language]["taken"] in answer
    ref = read(r"\((\w+)\)", answer)
    text = look.phone("lupe").locator(".bubble.in", has_text=ref)
    text.wait_for()
    assert "deteniendo a gente" in text.inner_text()
    page.locator("#alert .tag.done").wait_for()
    assert look.overflow() == 0


def test_stop_holds_back_what_has_not_left(window, demo):
    look = window()
    page = look.open()
    page.locator("#latency").fill("3000")
    page.get_by_role("button", name="Set", exact=True).click()
    wait_for(lambda: 'value="3000"' in demo.get("/sim").words, "the carrier is as fast as before")

    try:
        page.get_by_role("button", name=WORDS["en"]["send"]).click()
        page.locator("#alert .tag.sending").wait_for()
        page.get_by_role("button", name="Stop this alert").click()

        page.locator("#alert .tag.halted").wait_for()
        skipped = page.locator("#alert .counts div", has_text="skipped").locator("dd")
        assert int(skipped.inner_text()) > 0
        assert page.get_by_role("button", name="Stop this alert").count() == 0
    finally:
        demo.post("/sim/weather", {"latency": "80", "fail": "0", "callbacks": "on"})


def test_typed_text_and_the_cursor_survive_what_comes_in(window, demo):
    look = window()
    page = look.open()
    field = page.locator("#body-lupe")
    field.press_sequentially("Vi algo en la")
    before = look.bubbles("lupe")

    demo.post("/sim/phones/lupe", {"chip": "AYUDA"})

    look.phone("lupe").locator(".bubble").nth(before + 1).wait_for()
    assert field.input_value() == "Vi algo en la"
    assert field.evaluate("field => field === document.activeElement")
    look.tap("lupe", "AYUDA")
    assert field.input_value() == "Vi algo en la"


def test_a_text_that_was_sent_leaves_the_field_empty(window):
    look = window()
    page = look.open()
    before = look.bubbles("sam")

    page.locator("#body-sam").fill("HELP")
    page.locator("#body-sam").press("Enter")

    look.phone("sam").locator(".bubble").nth(before).wait_for()
    wait_for(lambda: page.locator("#body-sam").input_value() == "", "the field is still full")


def test_an_empty_text_is_explained_and_the_words_stay(window):
    look = window("es")
    page = look.open()

    look.phone("lupe").get_by_role("button", name="Enviar").click()

    problem = look.phone("lupe").get_by_role("alert")
    assert "Escriba algo primero" in problem.inner_text()
    page.wait_for_timeout(1000)  # a look later it still stands there
    assert problem.is_visible()


def test_a_report_with_problems_is_marked_beside_its_fields(window):
    look = window("es", chromium.PHONE)
    page = look.open()
    page.locator("#report-zip").fill("00000")
    page.locator("#report-where").fill("1234 Oak St")

    page.get_by_role("button", name=WORDS["es"]["send"]).click()

    page.locator(".answer.refused").wait_for()
    assert "/where" in page.locator("#report-where-problem").inner_text()
    assert page.locator("#report-where").input_value() == "1234 Oak St"
    assert page.locator("#report-where").get_attribute("aria-invalid") == "true"
    assert look.overflow() == 0


def test_a_page_whose_network_is_gone_says_that_it_is_not_live(window):
    look = window()
    page = look.open()
    page.locator("#live[data-state=live]").wait_for()

    look.window.set_offline(True)

    page.locator("#live[data-state=lost]").wait_for()
    assert "Not live" in page.locator("#live").inner_text()
    look.window.set_offline(False)
    page.locator("#live[data-state=live]").wait_for()
    look.problems.clear()  # a browser that is offline says so in its console


def test_it_all_works_without_a_script(window):
    look = window("es", chromium.PHONE, java_script_enabled=False)
    page = look.open("&still=1")

    look.tap("lupe", "UNIRSE 28205")
    look.tap("lupe", "SI")
    page.get_by_role("button", name=WORDS["es"]["send"]).click()

    answer = page.locator(".answer.taken").inner_text()
    assert WORDS["es"]["taken"] in answer
    ref = read(r"\((\w+)\)", answer)
    wait_for(lambda: page.reload() and ref in look.phone("lupe").inner_text(), "Lupe was not told")
    assert page.locator("html").get_attribute("lang") == "es"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
