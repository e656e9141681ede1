"""Chromium, as the machine has it, kept quiet and offline but for us."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = (360, 740), (1280, 900)


def path():
    """Return where Chromium is, if it is anywhere."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def opened():
    """Start Chromium, and close it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path(), args=FLAGS)
        yield browser
        browser.close()


def look(browser, language="en", size=DESK, **more):
    """Open a clean window on one language and size."""
    width, height = size
    return browser.new_context(
        viewport={"width": width, "height": height},
        locale={"en": "en-US", "es": "es-US"}[language],
        reduced_motion="reduce",
        **more,
    )
