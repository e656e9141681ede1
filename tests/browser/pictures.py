"""Take the pictures of the practice page after a story: `python -m tests.browser.pictures`."""

from itertools import product
from pathlib import Path

from tests.browser import chromium
from tests.browser.demo import Demo, wait_for
from tests.browser.slim import slim

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PEOPLE = 412
SIZES = (chromium.PHONE, chromium.DESK)


def tell_the_story(demo):
    """Let three people sign up, a partner report, and everybody be told."""
    for key, words in (("lupe", ("UNIRSE 28205", "SI")), ("sam", ("JOIN 28205", "YES"))):
        for chip in words:
            demo.follow(f"/sim/phones/{key}", {"chip": chip})
    for chip in ("28205", "YES"):
        demo.follow("/sim/phones/marta", {"chip": chip})
    form = {"activity": "street", "zip": "28205", "radius": "3", "agency": "ICE"}
    more = {"where": "Central Ave & The Plaza", "people": "4", "vehicles": "2"}
    taken = demo.post("/sim/reports", {**form, **more, "how": "on_scene", "minutes": "60"})
    wait_for(lambda: f"delivered</dt><dd>{PEOPLE}<" in progress(demo), "not everybody was told")
    return taken.headers["Location"].split("alert=")[1].split("&")[0].split("#")[0]


def progress(demo):
    """Return the latest alert's part of the page."""
    return demo.get("/sim/progress?lang=en").words


def main():
    """Take one picture for each language and width."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    demo = Demo(people=PEOPLE)
    try:
        alert = tell_the_story(demo)
        with chromium.opened() as browser:
            for language, size in product(("en", "es"), SIZES):
                window = chromium.look(browser, language, size)
                address = f"{demo.url}/sim?lang={language}&alert={alert}"
                picture = FOLDER / f"sim-{size[0]}-{language}.png"
                picture.write_bytes(slim(window, _photograph(window, address)))
                window.close()
    finally:
        demo.stop()


def _photograph(window, address):
    page = window.new_page()
    page.goto(address)
    page.locator("#live:not([hidden])").wait_for()
    return page.screenshot(full_page=True)


if __name__ == "__main__":
    main()
