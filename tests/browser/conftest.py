import os

import pytest

from tests.browser import chromium
from tests.browser.demo import Demo


@pytest.fixture(scope="session")
def demo():
    """The product, running; few texts at once, so that an alert can be stopped on its way."""
    demo = Demo(people=40, SEND_CONCURRENCY="4")
    yield demo
    assert "Traceback" not in demo.log()
    assert demo.stop() == 0


# Of a module and not of the session: Playwright's loop must not outlive the tests it is for.
@pytest.fixture(scope="module")
def browser():
    if chromium.path() is None and "CI" not in os.environ:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    with chromium.opened() as browser:
        yield browser


class Window:
    """A window on the practice page, watched for what should never happen."""

    def __init__(self, demo, browser, language="en", size=chromium.DESK, **more):
        self.demo = demo
        self.language = language
        self.problems: list[str] = []
        self.window = chromium.look(browser, language, size, **more)
        self.page = self.window.new_page()
        self.page.set_default_timeout(8000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._asked)

    def open(self, query=""):
        self.page.goto(f"{self.demo.url}/sim?lang={self.language}{query}")
        return self.page

    def phone(self, key):
        return self.page.locator(f"#phone-{key}")

    def bubbles(self, key):
        return self.phone(key).locator(".bubble").count()

    def tap(self, key, chip):
        """Tap a chip, and wait until the text and its answer are on the screen."""
        before = self.bubbles(key)
        self.phone(key).get_by_role("button", name=chip, exact=True).click()
        self.phone(key).locator(".bubble").nth(before + 1).wait_for()

    def overflow(self):
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")

    def _heard(self, message):
        if message.type in {"error", "warning"} and "422" not in message.text:
            self.problems.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.demo.url, "blob:")):
            self.problems.append(request.url)


@pytest.fixture
def window(demo, browser):
    """Open a window; whatever went wrong in it fails the test."""
    opened = []

    def open_window(*args, **more):
        opened.append(Window(demo, browser, *args, **more))
        return opened[-1]

    yield open_window
    for one in opened:
        one.window.close()
    assert [problem for one in opened for problem in one.problems] == []
