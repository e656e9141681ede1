"""Runs the suite, and says loudly what a machine without a browser leaves out."""

import os
import shutil
import sys

import pytest

LEFT_OUT = """
==================================================================
  LEFT OUT: the tests in a real browser, since there is no Chromium
  on this machine. Get it with:  apt-get install chromium
  (or the chromium package of your system), and run this again.
==================================================================
"""


def main():
    """Run everything this machine can; in CI a missing browser is a failure."""
    arguments = sys.argv[1:]
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser or os.environ.get("CI"):
        return pytest.main(arguments)
    code = pytest.main(["-m", "not browser", *arguments])
    print(LEFT_OUT, file=sys.stderr)  # noqa: T201 - said to a person at a terminal
    return code


if __name__ == "__main__":
    sys.exit(main())
